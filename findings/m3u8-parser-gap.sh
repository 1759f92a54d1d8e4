#!/usr/bin/env bash
# npm m3u8-parser 7.2.0 (the HLS reader of video.js) does not tell a segment that is a gap from one that is media.
#
# RFC 8216bis, 4.4.4.7: EXT-X-GAP marks a segment that is absent, which a client must not request. The reader keeps
# no trace of it: the segment looks like its neighbours, not even as an unknown tag, so that a player built on it asks
# for media that the playlist says is not there. EXT-X-DISCONTINUITY and EXT-X-PROGRAM-DATE-TIME of the segment after
# the gap are kept.
#
# Seen with Node.js 20: the output below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts m3u8-parser@7.2.0
cat >seen.mjs <<'JS'
import { Parser } from 'm3u8-parser';
const parser = new Parser();
parser.push(['#EXTM3U', '#EXT-X-VERSION:8', '#EXT-X-TARGETDURATION:2', '#EXTINF:2,', 'a.m4s', '#EXT-X-GAP', '#EXTINF:2,', 'b.m4s',
  '#EXT-X-DISCONTINUITY', '#EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:10Z', '#EXTINF:2,', 'c.m4s', '#EXT-X-ENDLIST', ''].join('\n'));
parser.end();
for (const segment of parser.manifest.segments) console.log(segment.uri, Object.keys(segment).sort().join(' '));
console.log('custom:', JSON.stringify(parser.manifest.custom ?? null));
JS
cat >expected <<'TEXT'
a.m4s duration programDateTime timeline uri
b.m4s duration programDateTime timeline uri
c.m4s dateTimeObject dateTimeString discontinuity duration programDateTime timeline uri
custom: null
TEXT
node seen.mjs | tee seen
diff expected seen
