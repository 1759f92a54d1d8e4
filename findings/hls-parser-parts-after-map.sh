#!/usr/bin/env bash
# npm hls-parser 0.16.1 cannot write back a low-latency playlist that it has read.
#
# A playlist of fragmented MP4 ends with the parts of the segment that is not complete yet (RFC 8216bis, 4.4.4.9);
# they are under the EXT-X-MAP before them. parse() hangs that map on the unfinished segment, and stringify() writes
# it as an EXT-X-KEY without a method, which no player may accept. EXT-X-BITRATE and the microseconds of
# EXT-X-PROGRAM-DATE-TIME are lost on the way, too. A proxy that edits such playlists with parse and stringify
# breaks the live edge only: the same playlist without trailing parts is written back rightly.
#
# Seen with Node.js 20: the output below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts hls-parser@0.16.1
cat >seen.mjs <<'JS'
import HLS from 'hls-parser';
const complete = [
  '#EXTM3U', '#EXT-X-VERSION:9', '#EXT-X-TARGETDURATION:2',
  '#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5', '#EXT-X-PART-INF:PART-TARGET=0.5',
  '#EXT-X-MEDIA-SEQUENCE:10', '#EXT-X-MAP:URI="init.mp4"',
  '#EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:00.123456Z', '#EXT-X-BITRATE:4200', '#EXTINF:2.00000,', 'a1.m4s', ''].join('\n');
const growing = complete + '#EXT-X-PART:DURATION=0.5,URI="a2.p0",INDEPENDENT=YES\n'
  + '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="a2.p1"\n';
const odd = (text) => HLS.stringify(HLS.parse(text)).split('\n').filter((line) => /KEY|BITRATE|DATE-TIME|MAP/.test(line));
console.log('complete:', odd(complete).join(' | '));
console.log('growing: ', odd(growing).join(' | '));
JS
cat >expected <<'TEXT'
complete: #EXT-X-MAP:URI="init.mp4" | #EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:00.123Z
growing:  #EXT-X-MAP:URI="init.mp4" | #EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:00.123Z | #EXT-X-KEY:METHOD=undefined,URI="init.mp4"
TEXT
node seen.mjs | tee seen
diff expected seen
