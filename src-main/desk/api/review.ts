import { RefusalError } from '../../../src-shared/errors.ts'
import { callOfRecording, reviewList, reviewView } from '../../store/queries/review.ts'
import { personNames } from '../names.ts'
import { deskOf, notFound, os } from './base.ts'

export const review = {
  list: os.review.list.handler(({ input, context }) => {
    const desk = deskOf(context)
    return reviewList(desk.reading(), input, personNames(desk))
  }),
  get: os.review.get.handler(({ input, context }) => {
    const desk = deskOf(context)
    const view = reviewView(desk.reading(), input, personNames(desk))
    if (!view) throw notFound(`no ended call ${input.callId}`, 'callId')
    return view
  }),
  audio: os.review.audio.handler(async ({ input, context }) => {
    const desk = deskOf(context)
    const known = callOfRecording(desk.reading(), input.recordingId)
    if (!known) throw notFound(`no recording ${input.recordingId}`, 'recordingId')
    if (!desk.recordings) throw new RefusalError('not_available', 'the recordings of this centre are not kept here')
    // First the entry, then the sound: better an entry too many than one too few.
    desk.opened(input.recordingId, known)
    const { wav, pieces } = await desk.recordings.piece(input.recordingId, input.piece)
    return { base64: Buffer.from(wav).toString('base64'), pieces }
  })
}
