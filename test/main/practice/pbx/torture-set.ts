/**
 * Messages along the categories of RFC 4475, written for this PBX. `%d` stands for the PBX's domain. Each is sent as one WebSocket frame.
 * `expect` is the status that must come back, or `dropped` where nobody can be answered, or `silent` where nothing must come.
 */
export interface Torture {
  name: string
  expect: number | 'dropped' | 'silent'
  message: string | Uint8Array
}

interface Parts {
  start?: string
  via?: string
  from?: string
  to?: string
  callId?: string
  cseq?: string
  more?: readonly string[]
  without?: readonly string[]
  body?: string
  length?: string | null
  end?: string
}

const BINARY = '0\x82\x01\0\x00\xff\0\r\n\0'
const SDP = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n'
const ODD_CONTACT = 'Contact: <sip:odd@odd.invalid>'
const inParts = (...parts: readonly (readonly string[])[]): string =>
  [...parts.map((lines) => `--odd-boundary\r\n${lines.join('\r\n')}\r\n`), '--odd-boundary--\r\n'].join('')
const parted = (kind: string): string => `Content-Type: multipart/${kind}; boundary="odd-boundary"`

let serial = 0
function options(parts: Parts = {}): string {
  serial++
  const lines: [string, string][] = [
    ['Via', parts.via ?? `SIP/2.0/WS odd.invalid;branch=z9hG4bKodd${serial}`],
    ['Max-Forwards', '70'],
    ['From', parts.from ?? '<sip:odd@odd.invalid>;tag=odd'],
    ['To', parts.to ?? '<sip:practice@%d>'],
    ['Call-ID', parts.callId ?? `odd-${serial}@odd.invalid`],
    ['CSeq', parts.cseq ?? '1 OPTIONS']
  ]
  const body = parts.body ?? ''
  const length = parts.length === undefined ? String(Buffer.byteLength(body)) : parts.length
  const text = [
    parts.start ?? 'OPTIONS sip:practice@%d SIP/2.0',
    ...lines.filter(([name]) => !parts.without?.includes(name)).map(([name, value]) => `${name}: ${value}`),
    ...(parts.more ?? []),
    ...(length === null ? [] : [`Content-Length: ${length}`])
  ].join('\r\n')
  return text + (parts.end ?? '\r\n\r\n') + body
}

export function tortureSet(): Torture[] {
  const valid = (name: string, message: string): Torture => ({ name, expect: 200, message })
  const refused = (name: string, message: string | Uint8Array, expect: Torture['expect'] = 400): Torture => ({ name, expect, message })
  return [
    valid('an ordinary OPTIONS', options()),
    valid(
      'white space wherever it may stand, folded lines and short names',
      [
        'OPTIONS sip:practice@%d SIP/2.0',
        'TO :',
        ' sip:practice@%d ;   x    = 1918181833n',
        'f   : "J \\\\\\"" <sip:odd@odd.invalid>',
        '  ;',
        '  tag = 98asjd8',
        'MaX-fOrWaRdS: 0068',
        'i: folded.1@odd.invalid',
        'l: 0',
        'cseq: 0009',
        '  OPTIONS',
        'v  : SIP  /   2.0',
        ' /WS',
        '    odd.invalid;branch=z9hG4bKfold1',
        's :',
        'NewFangledHeader:   newfangled value',
        ' continued newfangled value',
        'UnknownHeaderWithUnusualValue: ;;,,;;,;',
        'm:"Quoted string \\"\\"" <sip:odd@odd.invalid> ; newparam =',
        '      newvalue ;',
        '  secondparam ; q = 0.33',
        '',
        ''
      ].join('\r\n')
    ),
    valid(
      'several Via in one line and in several',
      options({
        via: 'SIP/2.0/WS a.invalid ;branch=z9hG4bKvia1, SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bKvia2',
        more: ['v: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKvia3']
      })
    ),
    valid(
      'escaped characters in the user part',
      options({ start: 'OPTIONS sip:sips%3Auser%40example.com@%d SIP/2.0', to: '<sip:%75se%72@%d>' })
    ),
    valid('an escaped NUL in the user part', options({ to: '<sip:null-%00-null@%d>' })),
    valid('a percent sign outside a URI', options({ from: '"%Z%45" <sip:odd@odd.invalid>;tag=odd%45' })),
    valid('no space between display name and bracket', options({ from: 'caller<sip:odd@odd.invalid>;tag=odd' })),
    valid('a semicolon in the user part', options({ start: 'OPTIONS sip:user;par=u%40odd.invalid@%d SIP/2.0' })),
    valid('quoted control characters', options({ to: '"BEL:\\\x07 DEL:\\\x7f" <sip:practice@%d>' })),
    valid('a display name of UTF-8', options({ from: '"林悦 Žofie" <sip:odd@odd.invalid>;tag=odd' })),
    valid('several words as a display name', options({ from: 'A. B. Caller <sip:odd@odd.invalid>;tag=odd' })),
    valid('odd characters in tokens', options({ callId: "-!%*_+`'~.@odd.invalid", from: "<sip:odd@odd.invalid>;tag=-!%*_+`'~" })),
    valid(
      'an IPv6 reference with a port',
      options({ via: 'SIP/2.0/WS [2001:db8::9:1]:5060;branch=z9hG4bKv6', from: '<sip:odd@[2001:db8::9]:5070>;tag=odd' })
    ),
    valid(
      'unknown parameters on every address',
      options({ to: '<sip:practice@%d;a=b;c>;d="e;f,g<h>";i', from: '<sip:odd@odd.invalid;lr>;tag=odd;j' })
    ),
    valid('a header nobody knows with a value nobody knows', options({ more: ['X-Odd: \u0416\t"<;,:?=%'] })),
    valid('a very long header', options({ more: [`X-Long: ${'long '.repeat(3_000)}`] })),
    valid('empty lines before the start line', `\r\n\r\n${options()}`),
    valid('octets behind the body', `${options()}OPTIONS sip:someone@else.invalid SIP/2.0\r\n`),
    valid('no Content-Length', options({ length: null })),
    valid('lines that end in a bare LF', options().replaceAll('\r\n', '\n')),
    valid('a header without a value', options({ more: ['Subject:', 'Accept: '] })),
    valid('a contact list with commas in quotes', options({ more: ['Contact: "a, b" <sip:a@b.invalid>, <sip:c,d@e.invalid>;q=0.5'] })),
    valid(
      'neither branch nor Max-Forwards nor tag, as in RFC 2543',
      options({ via: 'SIP/2.0/WS odd.invalid', from: '<sip:odd@odd.invalid>', without: ['Max-Forwards'] })
    ),
    valid('no more hops, but it is for us', options().replace('Max-Forwards: 70', 'Max-Forwards: 0')),
    valid('the date in GMT', options({ more: ['Date: Fri, 01 Jan 2027 16:00:00 GMT'] })),
    valid('a body that says what it is', options({ body: 'hello', more: ['Content-Type: text/plain'] })),
    valid(
      'a body of two parts, one of them binary with NULs',
      options({
        body: inParts(
          ['Content-Type: text/plain', '', 'Hello'],
          ['Content-Type: application/octet-stream', 'Content-Transfer-Encoding: binary', '', BINARY]
        ),
        more: ['MIME-Version: 1.0', parted('mixed')]
      })
    ),

    {
      name: 'a response with an unusual reason',
      expect: 'silent',
      message:
        'SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять\r\nv: SIP/2.0/WS x;branch=z9hG4bKr1\r\nf: <sip:a@b>;tag=1\r\nt: <sip:a@b>;tag=2\r\ni: r1\r\nCSeq: 1 INVITE\r\n\r\n'
    },
    {
      name: 'a response without a reason',
      expect: 'silent',
      message:
        'SIP/2.0 100 \r\nv: SIP/2.0/WS x;branch=z9hG4bKr2\r\nf: <sip:a@b>;tag=1\r\nt: <sip:a@b>;tag=2\r\ni: r2\r\nCSeq: 1 INVITE\r\n\r\n'
    },
    {
      name: 'a response with an impossible status',
      expect: 'dropped',
      message:
        'SIP/2.0 4294967301 better not\r\nv: SIP/2.0/WS x;branch=z9hG4bKr3\r\nf: <sip:a@b>;tag=1\r\nt: <sip:a@b>\r\ni: r3\r\nCSeq: 1 INVITE\r\n\r\n'
    },
    {
      name: 'a response with an overlarge CSeq',
      expect: 'dropped',
      message:
        'SIP/2.0 200 OK\r\nv: SIP/2.0/WS x;branch=z9hG4bKr4\r\nf: <sip:a@b>;tag=1\r\nt: <sip:a@b>\r\ni: r4\r\nCSeq: 9292394834772304023312 OPTIONS\r\n\r\n'
    },
    { name: 'an ACK for nothing', expect: 'silent', message: options({ start: 'ACK sip:practice@%d SIP/2.0', cseq: '1 ACK' }) },
    {
      name: 'a malformed ACK is never answered',
      expect: 'dropped',
      message: options({ start: 'ACK sip:practice@%d SIP/2.0', cseq: '-1 ACK' })
    },

    refused('separators with nothing between', options({ via: 'SIP/2.0/WS odd.invalid;;,;,,' })),
    refused('empty parameters behind an address', options({ from: '"Joe" <sip:joe@odd.invalid>;;;;' })),
    refused('a Content-Length beyond the body', options({ length: '9999' })),
    refused('a negative Content-Length', options({ length: '-999' })),
    refused('a Content-Length of words', options({ length: 'plenty' })),
    refused('two Content-Lengths', options({ more: ['Content-Length: 8'] })),
    refused('an overlarge CSeq', options({ cseq: '36893488147419103232 OPTIONS' })),
    refused('a negative CSeq', options({ cseq: '-1 OPTIONS' })),
    refused('a CSeq without a number', options({ cseq: 'OPTIONS' })),
    refused('a CSeq of another method', options({ cseq: '1 INVITE' })),
    refused('an unknown method whose CSeq names another', options({ start: 'NEWMETHOD sip:practice@%d SIP/2.0' })),
    refused('too many hops allowed', options().replace('Max-Forwards: 70', 'Max-Forwards: 300')),
    refused('a quote that is not closed in To', options({ to: '"Mr. J. User <sip:practice@%d>' })),
    refused('a quote that is not closed in Contact', options({ more: ['Contact: "Joe <sip:joe@odd.invalid>'] })),
    refused('brackets around the Request-URI', options({ start: 'OPTIONS <sip:practice@%d> SIP/2.0' })),
    refused('a space in the Request-URI', options({ start: 'OPTIONS sip:practice@%d; lr SIP/2.0' })),
    refused('several spaces in the start line', options({ start: 'OPTIONS  sip:practice@%d  SIP/2.0' })),
    refused('a space behind the start line', options({ start: 'OPTIONS sip:practice@%d SIP/2.0 ' })),
    refused('headers in the Request-URI', options({ start: 'OPTIONS sip:practice@%d?Route=%3Csip:x.invalid%3E SIP/2.0' })),
    refused('a bad escape in the Request-URI', options({ start: 'OPTIONS sip:%zz@%d SIP/2.0' })),
    refused('a port that cannot be', options({ start: 'OPTIONS sip:practice@%d:99999 SIP/2.0' })),
    refused('a date that is not in GMT', options({ more: ['Date: Fri, 01 Jan 2027 16:00:00 EST'] })),
    refused(
      'a question mark in an address without brackets',
      options({ more: ['Contact: sip:user@odd.invalid?Route=%3Csip:x.invalid%3E'] })
    ),
    refused('spaces inside an address', options({ to: '"Watson, Thomas" < sip:t.watson@%d >' })),
    refused('a display name that needs quotes', options({ from: 'Bell, Alexander <sip:odd@odd.invalid>;tag=odd' })),
    refused('a header line without a colon', options({ more: ['this is no header'] })),
    refused('a NUL in a header', options({ more: ['X-Nul: a\0b'] })),
    refused('headers that never end', options({ end: '' })),
    refused(
      'another Contact beside *',
      options({ start: 'REGISTER sip:%d SIP/2.0', cseq: '1 REGISTER', more: ['Contact: *, <sip:a@b.invalid>'] })
    ),
    refused('* outside REGISTER', options({ more: ['Contact: *'] })),
    refused('two From headers', options({ more: ['From: <sip:second@odd.invalid>;tag=2'] })),
    refused('a body that does not say what it is', options({ body: 'hello' })),
    refused('an address with no URI in it', options({ to: '<>' })),
    refused('another version of SIP', options({ start: 'OPTIONS sip:practice@%d SIP/7.0' }), 505),
    refused('a scheme nobody knows', options({ start: 'OPTIONS nobodyKnowsThisScheme:totallyopaque SIP/2.0' }), 416),
    refused('a scheme for the telephone', options({ start: 'OPTIONS tel:+4930123456 SIP/2.0' }), 416),
    refused(
      'REGISTER of an address with another scheme',
      options({ start: 'REGISTER sip:%d SIP/2.0', cseq: '1 REGISTER', to: '<isbn:2983792873>', more: ['Contact: <http://x.invalid>'] }),
      416
    ),
    refused('a required extension nobody has', options({ more: ['Require: nothingSupportsThis, nothingSupportsThisEither'] }), 420),
    refused(
      'an unknown method',
      options({
        start: "!interesting-Method0123456789_*+`.%indeed'~ sip:practice@%d SIP/2.0",
        cseq: "1 !interesting-Method0123456789_*+`.%indeed'~"
      }),
      501
    ),
    refused('a compressed body', options({ body: 'x', more: ['Content-Type: text/plain', 'Content-Encoding: gzip'] }), 415),
    refused(
      'an INVITE of words',
      options({
        start: 'INVITE sip:practice@%d SIP/2.0',
        cseq: '1 INVITE',
        body: 'hello',
        more: ['Content-Type: application/unknownformat']
      }),
      415
    ),
    refused(
      'a scheme of authorization nobody knows',
      options({ start: 'REGISTER sip:%d SIP/2.0', cseq: '1 REGISTER', more: ['Authorization: NoOneKnowsThisScheme opaque-data=here'] }),
      401
    ),
    refused(
      'an INVITE with a part that must be understood and is not',
      options({
        start: 'INVITE sip:practice@%d SIP/2.0',
        cseq: '1 INVITE',
        body: inParts(
          ['Content-Type: application/sdp', '', SDP],
          ['Content-Type: application/pkcs7-signature', 'Content-Disposition: attachment;handling=required', '', BINARY]
        ),
        more: [ODD_CONTACT, parted('signed')]
      }),
      415
    ),
    refused(
      'an INVITE of parts without a boundary',
      options({
        start: 'INVITE sip:practice@%d SIP/2.0',
        cseq: '1 INVITE',
        body: inParts(['Content-Type: application/sdp', '', SDP]),
        more: [ODD_CONTACT, 'Content-Type: multipart/mixed']
      })
    ),
    refused(
      'an INVITE of parts that never end',
      options({
        start: 'INVITE sip:practice@%d SIP/2.0',
        cseq: '1 INVITE',
        body: `--odd-boundary\r\nContent-Type: application/sdp\r\n\r\n${SDP}`,
        more: [ODD_CONTACT, parted('mixed')]
      })
    ),
    refused(
      'an INVITE that takes no SDP for an answer',
      options({
        start: 'INVITE sip:practice@%d SIP/2.0',
        cseq: '1 INVITE',
        body: SDP,
        more: [ODD_CONTACT, 'Accept: text/nobodyKnowsThis', 'Content-Type: application/sdp']
      }),
      406
    ),
    ...(
      [
        ['REGISTER with a parameter of the Contact', 'sip:+15550100@odd.invalid;unknownparam'],
        ['REGISTER with a parameter of the URI', '<sip:+15550100@odd.invalid;unknownparam>'],
        ['REGISTER with a header in the URI', '<sip:odd@odd.invalid?Route=%3Csip:route.invalid%3E>']
      ] as const
    ).map(([name, contact]) =>
      refused(name, options({ start: 'REGISTER sip:%d SIP/2.0', cseq: '1 REGISTER', more: [`Contact: ${contact}`] }), 401)
    ),
    refused('an INVITE of nobody', options({ start: 'INVITE sip:practice@%d SIP/2.0', cseq: '1 INVITE' }), 407),
    refused(
      'no more hops, and it is for others',
      options({ start: 'OPTIONS sip:a@elsewhere.invalid SIP/2.0' }).replace('Max-Forwards: 70', 'Max-Forwards: 0'),
      483
    ),
    refused(
      'a request inside a dialog that never was',
      options({ to: '<sip:practice@%d>;tag=never', start: 'BYE sip:practice@%d SIP/2.0', cseq: '2 BYE' }),
      481
    ),
    refused('a CANCEL of nothing', options({ start: 'CANCEL sip:practice@%d SIP/2.0', cseq: '1 CANCEL' }), 481),
    refused('too many headers', options({ more: Array.from({ length: 300 }, (_, i) => `X-${i}: y`) }), 'dropped'),
    refused('too large a header', options({ more: [`X-Huge: ${'x'.repeat(40_000)}`] }), 'dropped'),
    ...['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => refused(`no ${name}`, options({ without: [name] }), 'dropped')),
    refused('no start line', options().replace(/^.*\r\n/, ''), 'dropped'),
    refused('nothing but a start line', 'OPTIONS sip:practice@%d SIP/2.0\r\n\r\n', 'dropped'),
    refused(
      'octets at random',
      Uint8Array.from({ length: 512 }, (_, i) => (i * 197 + 31) % 256),
      'dropped'
    ),
    refused('an HTTP request', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 'dropped'),
    refused('spaces only', '   ', 'dropped')
  ]
}
