#!/usr/bin/env bash
# npm sdp-transform 3.0.0 gives the hexadecimal fmtp values of RTSP cameras another JavaScript type per camera.
#
# RFC 6184 (profile-level-id) and RFC 3640 (config) define both values as hexadecimal text. parseParams() turns
# every value into a number that prints the same way as a decimal integer. So an AAC "config" is the number 1408
# for 16 kHz mono (0x1408 read as decimal) and the string "0788" or "11B0" for others, by the luck of its digits:
# parseInt(x, 16) works on both, Buffer.from(x, 'hex') throws on one camera and not on the next, and code that
# tests typeof x === 'string' drops the decoder configuration.
#
# Seen with Node.js 20: the output below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts sdp-transform@3.0.0
cat >seen.cjs <<'JS'
const { parse, parseParams } = require('sdp-transform');
const sdp = (fmtp) =>
  ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 't=0 0', 'm=audio 0 RTP/AVP 97',
   'a=rtpmap:97 MPEG4-GENERIC/16000/1', 'a=fmtp:97 ' + fmtp, ''].join('\r\n');
for (const fmtp of ['config=1408', 'config=0788', 'config=11B0', 'profile-level-id=640028', 'profile-level-id=4D0028']) {
  const value = Object.values(parseParams(parse(sdp(fmtp)).media[0].fmtp[0].config))[0];
  console.log(fmtp, typeof value);
}
JS
cat >expected <<'TEXT'
config=1408 number
config=0788 string
config=11B0 string
profile-level-id=640028 number
profile-level-id=4D0028 string
TEXT
node seen.cjs | tee seen
diff expected seen
