import { RefusalError } from '../../../src-shared/errors.ts'
import { newId } from '../../../src-shared/ids.ts'
import { callbacks, callHistory, contactOfCallback, conversationOfCall } from '../../store/queries/calls.ts'
import { latestCall } from '../../store/queries/conversation.ts'
import { colleagues } from '../colleagues.ts'
import { deskOf, notFound, os } from './base.ts'
import { expectKnown, expectOpen } from './expect.ts'

export const calls = {
  account: os.calls.account.handler(({ context }) => {
    const desk = deskOf(context)
    // A softphone asks for its account when it starts, so whatever call was up before is not in it.
    desk.phoneConnected()
    return desk.phone.account()
  }),
  phoneSettings: os.calls.phoneSettings.handler(({ context }) => deskOf(context).phone.settings()),
  savePhoneSettings: os.calls.savePhoneSettings.handler(({ input, context }) => deskOf(context).phone.saveSettings(input)),

  report: os.calls.report.handler(({ input, context }) => {
    const desk = deskOf(context)
    desk.phone.reported(input.callId, input.what)
    return { commandId: desk.commands.enter('call.report', input) }
  }),
  quality: os.calls.quality.handler(({ input, context }) => ({ commandId: deskOf(context).commands.enter('call.quality', input) })),
  open: os.calls.open.handler(({ input, context }) => {
    const desk = deskOf(context)
    const reading = desk.reading()
    // A phone that heard no answer asks again: one call is one conversation. A call-back that I accepted is one already, too.
    const conversationId =
      conversationOfCall(reading, input.callId) ?? ((input.callbackId && contactOfCallback(reading, input.callbackId)) || newId())
    desk.phone.reported(input.callId, 'opened')
    return { conversationId, commandId: desk.commands.enter('call.open', { ...input, conversationId }) }
  }),
  history: os.calls.history.handler(({ input, context }) => callHistory(deskOf(context).reading(), input)),
  colleagues: os.calls.colleagues.handler(({ context }) => colleagues(deskOf(context))),
  transferred: os.calls.transferred.handler(({ input, context }) => ({
    commandId: deskOf(context).commands.enter('transfer.done', input)
  })),

  saveDialogs: os.calls.saveDialogs.handler(({ input, context }) => {
    deskOf(context).phone.saveDialogs(input.dialogs)
    return {}
  }),
  dialogs: os.calls.dialogs.handler(({ context }) => deskOf(context).phone.dialogs()),
  recoverable: os.calls.recoverable.handler(({ context }) => deskOf(context).phone.recoverable()),
  recover: os.calls.recover.handler(({ input, context }) => {
    expectOpen(deskOf(context), input.conversationId)
    return { commandId: deskOf(context).commands.enter('call.recover', input) }
  }),
  giveUp: os.calls.giveUp.handler(({ input, context }) => {
    const desk = deskOf(context)
    expectOpen(desk, input.conversationId)
    if (!latestCall(desk.reading(), input.conversationId)) throw notFound(`no call in ${input.conversationId}`, 'conversationId')
    // Not a report of the call's end: the centre may have lost the call itself, and then such a report is about nothing.
    return { commandId: desk.commands.enter('conversation.end', input) }
  }),

  pauseRecording: os.calls.pauseRecording.handler(({ input, context }) => {
    expectOpen(deskOf(context), input.conversationId)
    return { commandId: deskOf(context).commands.enter('recording.pause', input) }
  }),
  resumeRecording: os.calls.resumeRecording.handler(({ input, context }) => {
    expectOpen(deskOf(context), input.conversationId)
    return { commandId: deskOf(context).commands.enter('recording.resume', input) }
  }),
  recorderConfirmed: os.calls.recorderConfirmed.handler(({ input, context }) => ({
    commandId: deskOf(context).commands.enter('recording.confirmed', input)
  })),

  callbacks: os.calls.callbacks.handler(({ context }) => callbacks(deskOf(context).reading())),
  scheduleCallback: os.calls.scheduleCallback.handler(({ input, context }) => {
    const desk = deskOf(context)
    if (input.at < desk.now() - 60_000) throw new RefusalError('invalid', 'a call-back is for later', 'at')
    if (input.conversationId !== undefined) expectKnown(desk, input.conversationId)
    const callbackId = newId()
    return { callbackId, commandId: desk.commands.enter('callback.schedule', { ...input, callbackId }) }
  }),
  endCallback: os.calls.endCallback.handler(({ input, context }) => {
    const desk = deskOf(context)
    if (!callbacks(desk.reading()).some((one) => one.callbackId === input.callbackId))
      throw notFound(`no call-back ${input.callbackId}`, 'callbackId')
    return { commandId: desk.commands.enter('callback.end', input) }
  }),

  heard: os.calls.heard.handler(({ input, context }) => {
    const desk = deskOf(context)
    const { startAt, endAt: _, entryId = newId(), ...said } = input
    return { entryId, commandId: desk.commands.enter('transcript.add', { ...said, entryId, saidAt: startAt }, entryId) }
  }),

  readiness: os.calls.readiness.handler(({ input, context }) => {
    deskOf(context).presence.heard(input)
    return {}
  })
}
