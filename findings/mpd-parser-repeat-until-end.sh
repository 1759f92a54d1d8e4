#!/usr/bin/env bash
# npm mpd-parser 1.4.0 (the DASH reader of video.js) drops a whole period of a static manifest in silence.
#
# ISO/IEC 23009-1, 5.3.9.6: a negative @r on the last S element repeats it until the end of the period. The end is
# known here (Period@duration), and each period of a recording with gaps may be written that way. The reader makes
# no segment of such a period and reports nothing; with the repeat count written out all segments are there.
# The same period as SegmentTemplate@duration with a presentationTimeOffset on the Unix epoch gets presentation
# times 57 years before the period.
#
# Seen with Node.js 20: the output below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mpd-parser@1.4.0
cat >seen.mjs <<'JS'
import { parse } from 'mpd-parser';
const first = 1795341600 * 90000;
const period = (id, start, seconds, at, rest, timeline) => `<Period id="${id}" start="PT${start}S" duration="PT${seconds}S">
  <AdaptationSet mimeType="video/mp4" segmentAlignment="true"><SegmentTemplate timescale="90000"
    presentationTimeOffset="${at}" initialization="i.mp4" ${rest}>${timeline}</SegmentTemplate>
  <Representation id="v" codecs="avc1.640028" bandwidth="4000000" width="1920" height="1080"/></AdaptationSet></Period>`;
const manifest = (second) => `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"
  profiles="urn:mpeg:dash:profile:isoff-live:2011" mediaPresentationDuration="PT20S" minBufferTime="PT2S">`
  + period('a', 0, 4, first, 'media="$Time$.m4s"', `<SegmentTimeline><S t="${first}" d="180000" r="1"/></SegmentTimeline>`)
  + second + '</MPD>';
const timed = (r) => period('b', 14, 6, first + 14 * 90000, 'media="$Time$.m4s"',
  `<SegmentTimeline><S t="${first + 14 * 90000}" d="180000" r="${r}"/></SegmentTimeline>`);
const numbered = period('b', 14, 6, first + 14 * 90000, 'media="$Number$.m4s" duration="180000"', '');
for (const [name, second] of [['r=2', timed(2)], ['r=-1', timed(-1)], ['@duration', numbered]]) {
  const playlist = parse(manifest(second), { manifestUri: 'http://192.0.2.1/m.mpd' }).playlists[0];
  console.log(name, playlist.segments.map((segment) => segment.presentationTime).join(' '));
}
JS
cat >expected <<'TEXT'
r=2 0 2 14 16 18
r=-1 0 2
@duration 0 2 -1795341600 -1795341598 -1795341596
TEXT
node seen.mjs | tee seen
diff expected seen
