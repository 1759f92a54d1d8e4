#!/usr/bin/env bash
# npm mp4frag 0.7.0 refuses a fragmented MP4 whose fragments tell the time of day.
#
# ISO/IEC 14496-12, 8.16.5, and CMAF put a producer reference time (prft) in front of a movie fragment; encoders write
# it for low latency (ffmpeg: -write_prft). The splitter, which many camera servers put behind a pipe, expects a
# moof right after the header or the last mdat and ends with an error; without the prft the same bytes are one segment.
# A recorder that writes prft cannot be read by it, and one that reads from it gets no times.
#
# Seen with Node.js 20: the output below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mp4frag@0.7.0
cat >seen.cjs <<'JS'
const Mp4Frag = require('mp4frag');
const box = (type, ...parts) => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
const ftyp = box('ftyp', 'iso6', [0, 0, 0, 0], 'iso6');
const mdhd = box('mdhd', Buffer.alloc(12), [0, 1, 0x5f, 0x90], Buffer.alloc(8)); // 90 kHz
const moov = box('moov', mdhd, box('avc1', Buffer.alloc(78), box('avcC', [1, 0x64, 0, 0x28, 255, 0xe0, 0])));
const trun = box('trun', [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0x0e, 0x10]); // one sample of 3600 ticks
const moof = box('moof', box('mfhd', Buffer.alloc(8)), box('traf', box('tfhd', Buffer.alloc(8)), trun));
const mdat = box('mdat', [0, 0, 0, 2, 0x65, 0]);
// version 1: reference track, NTP time, media time
const prft = box('prft', [1, 0, 0, 24], [0, 0, 0, 1], [0xed, 0, 0, 0, 0, 0, 0, 0], Buffer.alloc(8));
for (const [name, fragment] of [['moof mdat', [moof, mdat]], ['prft moof mdat', [prft, moof, mdat]]]) {
  const frag = new Mp4Frag();
  let segments = 0;
  let error = 'none';
  frag.on('segment', () => segments++);
  frag.on('error', (e) => (error = e.message));
  frag.write(ftyp);
  frag.write(moov);
  frag.write(Buffer.concat(fragment));
  setTimeout(() => console.log(`${name}: segments ${segments}, error: ${error}`), 200);
}
JS
cat >expected <<'TEXT'
moof mdat: segments 1, error: none
prft moof mdat: segments 0, error: moof not found. chunkLength:114.
TEXT
node seen.cjs | tee seen
diff expected seen
