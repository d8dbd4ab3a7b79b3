import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Intent } from '../../../src-shared/taxonomy.ts'
import { readTable } from '../evaluation/table.ts'
import type { Labelled } from './intents.ts'

/** A public set whose labels say, where they fit, what they are in the taxonomy. */
interface Borrowed {
  file: string
  /** Labels that are not named are left out: near ones would blur the borders. */
  labels: Readonly<Partial<Record<Intent, string>>>
  /** Labels of other worlds, this many texts of each, as examples of `unknown`. */
  unknown?: { labels: string; each: number }
  licence: string
  attribution: string
}

/** Texts of one foreign label at most, so that many near ones do not outweigh the program's own. */
const EACH = 70

/** English texts of other people's that help the taxonomy's model; none of the sets is for evaluation only. */
const BORROWED: readonly Borrowed[] = [
  {
    file: 'intent-en/banking77-train.tsv',
    licence: 'CC BY 4.0',
    attribution: 'BANKING77, PolyAI Limited',
    labels: {
      card_activate: 'activate_my_card card_arrival card_delivery_estimate',
      account_open: 'age_limit',
      branch_atm: 'atm_support',
      transfer_status:
        'balance_not_updated_after_bank_transfer cancel_transfer failed_transfer declined_transfer pending_transfer transfer_not_received_by_recipient transfer_timing',
      fees: 'card_payment_fee_charged cash_withdrawal_charge exchange_charge extra_charge_on_statement top_up_by_bank_transfer_charge top_up_by_card_charge transfer_fee_charged',
      fraud_report: 'card_payment_not_recognised cash_withdrawal_not_recognised compromised_card direct_debit_payment_not_recognised',
      card_lost: 'lost_or_stolen_card card_swallowed',
      pin_password: 'change_pin passcode_forgotten pin_blocked',
      personal_details: 'edit_personal_details',
      transactions:
        'pending_card_payment pending_cash_withdrawal request_refund Refund_not_showing_up reverted_card_payment? transaction_charged_twice wrong_amount_of_cash_received',
      account_close: 'terminate_account',
      aml_enquiry: 'verify_source_of_funds'
    }
  },
  {
    file: 'intent-en/clinc150-train.tsv',
    licence: 'CC BY 3.0',
    attribution: 'CLINC150, Larson et al., Clinc, Inc.',
    labels: {
      balance: 'balance',
      transactions: 'transactions spending_history',
      interest_rates: 'interest_rate apr',
      repayment_due: 'bill_due min_payment',
      card_limit: 'credit_limit credit_limit_change',
      card_lost: 'report_lost_card',
      pin_password: 'pin_change',
      fraud_report: 'report_fraud',
      fees: 'international_fees',
      loan_status: 'application_status'
    },
    unknown: {
      labels:
        'alarm book_flight book_hotel calculator calendar calories cancel_reservation car_rental change_volume cook_time definition ' +
        'directions distance find_phone flight_status food_last fun_fact gas greeting goodbye how_old_are_you ingredients_list ' +
        'jump_start lost_luggage make_call maybe meal_suggestion meeting_schedule mpg next_holiday no oil_change_when oos ' +
        'order_status play_music plug_type pto_request recipe reminder repeat restaurant_reservation schedule_maintenance ' +
        'shopping_list smart_home spelling tell_joke text thank_you time tire_pressure todo_list traffic translate travel_alert ' +
        'uber vaccines weather what_song who_made_you yes',
      each: 8
    }
  },
  {
    file: 'intent-en/natcs-banking-train.tsv',
    licence: 'CDLA-Permissive-2.0',
    attribution: 'NatCS (DSTC11 track 2), Amazon',
    labels: {
      balance: 'CheckAccountBalance',
      transactions: 'CheckTransactionHistory',
      account_close: 'CloseBankAccount',
      branch_atm: 'FindATM FindBranch GetBranchHours',
      card_limit: 'GetWithdrawalLimit',
      account_open: 'OpenBankingAccount',
      card_lost: 'ReportLostStolenCard',
      personal_details: 'UpdateEmail UpdatePhoneNumber UpdateStreetAddress',
      transfer_status: 'AskAboutTransferTime'
    }
  },
  {
    file: 'intent-en/natcs-finance-train.tsv',
    licence: 'CDLA-Permissive-2.0',
    attribution: 'NatCS (DSTC11 track 2), Amazon',
    labels: {
      loan_apply: 'ApplyLoan ApplyCreditCard',
      pin_password: 'ChangePin',
      balance: 'CheckAccountBalance CheckCreditCardBalance',
      account_close: 'CloseAccount',
      branch_atm: 'FindBranch GetBranchHours',
      statement: 'GetBankStatement ChangeStatementDelivery',
      account_open: 'OpenAccount',
      appointment: 'ScheduleAppointment',
      personal_details: 'UpdateEmail UpdatePhoneNumber UpdateStreetAddress'
    }
  },
  {
    file: 'intent-en/natcs-insurance-train.tsv',
    licence: 'CDLA-Permissive-2.0',
    attribution: 'NatCS (DSTC11 track 2), Amazon',
    labels: {
      insurance_claim: 'FileClaim ReportAutomobileAccident',
      personal_details: 'ChangeAddress',
      pin_password: 'ResetPassword ChangeSecurityQuestion',
      policy_status: 'GetPolicyNumber RequestProofOfInsurance'
    }
  }
]

/** The borrowed texts that `data` holds, in the taxonomy's labels, with what must be said of them. */
export function borrowedFrom(data: string): { rows: Labelled[]; sources: { file: string; licence: string; attribution: string }[] } {
  const present = BORROWED.filter(({ file }) => existsSync(join(data, file)))
  const rows = present.flatMap(({ file, labels, unknown }) => {
    const becomes = new Map(Object.entries(labels).flatMap(([intent, names]) => names.split(' ').map((name) => [name, intent])))
    const left = new Map<string, number>()
    for (const name of becomes.keys()) left.set(name, EACH)
    for (const name of unknown?.labels.split(' ') ?? []) left.set(name, unknown?.each ?? 0)
    return readTable(join(data, file), ['text', 'intent']).flatMap(({ text, intent }): Labelled[] => {
      const more = left.get(intent) ?? 0
      left.set(intent, more - 1)
      return more > 0 ? [{ text, label: becomes.get(intent) ?? 'unknown' }] : []
    })
  })
  return { rows, sources: present.map(({ file, licence, attribution }) => ({ file: file.replace(/^.*\//, ''), licence, attribution })) }
}
