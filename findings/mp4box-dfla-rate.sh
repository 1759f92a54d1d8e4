#!/usr/bin/env bash
# npm mp4box 2.4.1 reads a false sample rate and one metadata block too many from a FLAC track.
#
# "Encapsulation of FLAC in ISO Base Media File Format" 1.0.0, 3.3.2: the dfLa box holds FLAC metadata blocks, and the
# top bit of a block's first byte is set on the last one. The reader goes on while that bit is set, and stops when it
# is not: of the usual box, with STREAMINFO alone, it reads 38 bytes beyond the end as a second STREAMINFO and takes the
# sample rate from there. Here it is 0; with the file of an encoder it was -49152 for 48000 Hz. The sample entry around
# the box is read right, so a tool should take the rate from the entry.
#
# Seen with Node.js 20: the output below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mp4box@2.4.1
cat >seen.cjs <<'JS'
const MP4Box = require('mp4box');
const box = (type, ...parts) => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
const streamInfo = (rate, channels) => {
  const info = Buffer.alloc(34);
  info.writeUInt16BE(4608, 0); // smallest and largest block
  info.writeUInt16BE(4608, 2);
  // 20 bits of rate, 3 of channels - 1, 5 of bits per sample - 1, then the number of samples: not known
  info.writeUInt32BE(((rate << 12) | ((channels - 1) << 9) | (15 << 4)) >>> 0, 10);
  return info;
};
const file = (rate) => {
  const dfLa = box('dfLa', [0, 0, 0, 0], [0x80, 0, 0, 34], streamInfo(rate, 1)); // last block, STREAMINFO, 34 bytes
  const entry = Buffer.alloc(28);
  entry[7] = 1; // data reference
  entry[17] = 1; // channels
  entry[19] = 16; // bits per sample
  entry.writeUInt16BE(rate, 24);
  const stsd = box('stsd', [0, 0, 0, 0, 0, 0, 0, 1], box('fLaC', entry, dfLa, box('btrt', Buffer.alloc(12))));
  return Buffer.concat([
    box('ftyp', 'iso6', [0, 0, 0, 0], 'iso6'),
    box('moov', box('trak', box('mdia', box('minf', box('stbl', stsd, box('stts', Buffer.alloc(8)), box('stsc', Buffer.alloc(8)), box('stsz', Buffer.alloc(12)), box('stco', Buffer.alloc(8))))))),
  ]);
};
for (const rate of [8000, 48000]) {
  const bytes = file(rate);
  const parsed = MP4Box.createFile();
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  buffer.fileStart = 0;
  parsed.appendBuffer(buffer);
  const entry = parsed.moov.traks[0].mdia.minf.stbl.stsd.entries[0];
  const { samplerate, numMetadataBlocks } = entry.boxes.find((b) => b.data);
  console.log(`${rate} Hz: entry ${entry.samplerate}, dfLa ${samplerate}, blocks ${numMetadataBlocks}`);
}
JS
node seen.cjs 2>&1 | sed 's/^\[[0-9:.]*\] //' | tee seen
diff seen - <<'TEXT'
[BoxParser] Parsing of box 'dfLa' read 38 more bytes than the indicated box data size, seeking backwards
8000 Hz: entry 8000, dfLa 0, blocks 2 (STREAMINFO, STREAMINFO)
[BoxParser] Parsing of box 'dfLa' read 38 more bytes than the indicated box data size, seeking backwards
48000 Hz: entry 48000, dfLa 0, blocks 2 (STREAMINFO, STREAMINFO)
TEXT
