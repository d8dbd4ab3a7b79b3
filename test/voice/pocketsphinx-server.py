"""CMU PocketSphinx with its model of US English behind vosk-server's WebSocket protocol: the tests' real recogniser.

Prints its port when it listens. Each connection has a decoder of its own; an utterance lasts from the first loud 30 ms to 0.7 s of quiet.
"""

import array
import asyncio
import json
import math
import sys
from concurrent.futures import ThreadPoolExecutor

import websockets
from pocketsphinx import Decoder

MODEL = '/usr/share/pocketsphinx/model/en-us/'
RATE = 16_000
BLOCK = RATE * 30 // 1000
LOUD_RMS = 250
BEFORE_BLOCKS = 10
QUIET_BLOCKS = 23


def decoder(quick):
    config = Decoder.default_config()
    config.set_string('-hmm', MODEL + 'en-us')
    config.set_string('-lm', MODEL + 'en-us.lm.bin')
    config.set_string('-dict', MODEL + 'cmudict-en-us.dict')
    config.set_string('-logfn', '/dev/null')
    # Ends of utterances are found here, so that frames are counted through silence too and words keep their times.
    config.set_boolean('-remove_silence', False)
    if quick:
        config.set_int('-ds', 3)
        config.set_int('-topn', 2)
        config.set_int('-maxhmmpf', 1500)
        config.set_int('-maxwpf', 5)
        config.set_boolean('-fwdflat', False)
        config.set_boolean('-bestpath', False)
    return Decoder(config)


class Listener:
    """Takes PCM, gives Vosk's answers: partials of a quick pass, and finals of a careful one over the whole utterance."""

    def __init__(self):
        self.quick = decoder(True)
        self.careful = decoder(False)
        self.kept = array.array('h')
        self.before = []
        self.utterance = []
        self.quiet = 0
        self.began = None
        self.position = 0

    def hear(self, pcm):
        self.kept.frombytes(pcm[: len(pcm) // 2 * 2])
        final = None
        while len(self.kept) >= BLOCK:
            block, self.kept = self.kept[:BLOCK], self.kept[BLOCK:]
            final = self.block(block) or final
        if final:
            return final
        hypothesis = self.quick.hyp() if self.began is not None else None
        return {'partial': hypothesis.hypstr if hypothesis else ''}

    def block(self, block):
        loud = math.sqrt(sum(sample * sample for sample in block) / BLOCK) > LOUD_RMS
        self.position += BLOCK
        if self.began is None:
            self.before = (self.before + [block])[-BEFORE_BLOCKS:]
            if not loud:
                return None
            self.began = self.position - BLOCK * len(self.before)
            self.quiet = 0
            self.quick.start_utt()
            self.utterance, self.before = self.before, []
            for one in self.utterance:
                self.quick.process_raw(one.tobytes(), False, False)
            return None
        self.utterance.append(block)
        self.quick.process_raw(block.tobytes(), False, False)
        self.quiet = 0 if loud else self.quiet + 1
        return self.end() if self.quiet >= QUIET_BLOCKS else None

    def end(self):
        if self.began is None:
            return {'text': ''}
        self.quick.end_utt()
        self.careful.start_utt()
        self.careful.process_raw(b''.join(block.tobytes() for block in self.utterance), False, True)
        self.careful.end_utt()
        began, self.began = self.began / RATE, None
        exp = self.careful.get_logmath().exp
        words = [
            {
                'word': segment.word.split('(')[0],
                'start': began + segment.start_frame / 100,
                'end': began + (segment.end_frame + 1) / 100,
                'conf': max(0.0, min(1.0, exp(segment.prob))),
            }
            for segment in self.careful.seg()
            if segment.word[0] not in '<[+('
        ]
        return {'result': words, 'text': ' '.join(word['word'] for word in words)}


async def serve(port):
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(2)

    async def recognise(socket):
        listener = await loop.run_in_executor(pool, Listener)
        async for message in socket:
            if isinstance(message, bytes):
                await socket.send(json.dumps(await loop.run_in_executor(pool, listener.hear, message)))
            elif message == '{"eof" : 1}':
                await socket.send(json.dumps(await loop.run_in_executor(pool, listener.end)))
                return
            elif json.loads(message)['config']['sample_rate'] != RATE:
                raise ValueError('another rate')

    async with websockets.serve(recognise, '127.0.0.1', port, compression=None, max_queue=None) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Future()


asyncio.run(serve(int(sys.argv[1])))
