#!/usr/bin/env bash
# npm hls.js 1.7.4 takes a low-latency playlist that lists parts, and no complete segment yet, for an empty one.
#
# A live playlist begins like this: the first segment is under construction, its parts are listed as they come
# (RFC 8216bis, 4.4.4.9), a player may start with the first independent one. hls.js parses the parts and then gives up
# with levelEmptyError: after its two retries (1 s and 2 s by default) the error is fatal. With one complete segment in
# front, the same parts are taken at once. So a low-latency stream starts no earlier than a plain one, and a segment of
# over 3 s leads to a fatal error that the page has to answer by loading the source again.
#
# Seen with Node.js 20, with a stand-in for MediaSource and a loader that answers from memory: the output below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts hls.js@1.7.4
cat >seen.mjs <<'JS'
globalThis.self = globalThis;
globalThis.location = { href: 'http://127.0.0.1/' };
globalThis.MediaSource = class { addSourceBuffer() {} };
MediaSource.isTypeSupported = () => true;
const { default: Hls } = await import('hls.js');

const head = ['#EXTM3U', '#EXT-X-VERSION:9', '#EXT-X-TARGETDURATION:6',
  '#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5', '#EXT-X-PART-INF:PART-TARGET=0.5',
  '#EXT-X-MEDIA-SEQUENCE:10', '#EXT-X-MAP:URI="init.mp4"'];
const parts = [0, 1, 2, 3].map((i) => `#EXT-X-PART:DURATION=0.5,URI="a.p${i}"${i === 0 ? ',INDEPENDENT=YES' : ''}`);
const main = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000,CODECS="avc1.64001f"\nvideo.m3u8\n';

function load(lines) {
  const text = lines.join('\n') + '\n';
  class Loader {
    stats = { loading: { start: 1, first: 1, end: 1 }, parsing: {}, buffering: {} };
    load(context, config, { onSuccess }) {
      const data = context.url.endsWith('main.m3u8') ? main : text;
      setTimeout(() => onSuccess({ url: context.url, data, code: 200 }, this.stats, context, null));
    }
    abort() {}
    destroy() {}
    getCacheAge() { return null; }
    getResponseHeader() { return null; }
  }
  const hls = new Hls({ lowLatencyMode: true, loader: Loader });
  const errors = [];
  return new Promise((resolve) => {
    hls.once(Hls.Events.LEVEL_LOADED, (_, { details }) =>
      resolve(`${details.fragments.length} segment and ${details.partList.length} parts`));
    hls.on(Hls.Events.ERROR, (_, error) => {
      errors.push(error.details);
      if (error.fatal) {
        resolve(`${errors.length} times ${error.details} (${error.error.message}), then fatal`);
      }
    });
    hls.loadSource('http://127.0.0.1/main.m3u8');
  });
}

console.log('with a segment:', await load([...head, '#EXTINF:6.0,', 'z.m4s', ...parts]));
console.log('parts only:', await load([...head, ...parts]));
process.exit(0);
JS
cat >expected <<'TEXT'
with a segment: 1 segment and 4 parts
parts only: 3 times levelEmptyError (No Segments found in Playlist), then fatal
TEXT
node seen.mjs | tee seen
diff expected seen
