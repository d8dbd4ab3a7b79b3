/** English words of banking that mean much the same; groups are parted by bars or lines. */
export const SYNONYMS_EN = `
card plastic | money funds cash | balance funds | transfer payment wire remittance | send transfer | recall reverse
lost missing gone | stolen theft stole nicked robbed | block freeze lock stop | replacement new | fee charge cost price
loan credit borrow borrowing lend | mortgage homeloan | instalment installment repayment | due owed payable | postpone delay move shift defer
refund reimbursement reimburse return | purchase bought shopping spending | merchant shop store retailer | statement printout record
document paper proof certificate | identity id identification passport | password code pin secret | forgot forgotten lost
branch office counter | atm machine cashpoint | withdraw withdrawal | open start begin | close end terminate cancel shut
limit cap ceiling maximum | raise increase higher | lower reduce decrease | salary wage wages pay | pension retirement
insurance policy cover | claim damage accident | assessor expert surveyor | premium contribution | renew renewal prolong extend
fraud scam swindle crook | suspicious unknown strange | device phone laptop computer | police officer | complain complaint grievance unhappy
contract agreement | clause term condition paragraph | dispute disagree | lawyer solicitor attorney | adviser advisor consultant
appointment meeting | video camera | person human agent colleague | fund investment invest shares | risk danger | return gain profit yield
interest rate percentage | deposit term savings | address residence moved | phone mobile number | email mail e-mail | joint shared
abroad foreign overseas | source origin | approve approval grant accept | refuse refusal decline reject | application request
activate enable | tax fiscal | young minor child daughter son | student studies | notice letter message
`
