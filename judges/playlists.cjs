// Reads each playlist of a folder with hls-parser in strict mode and with m3u8-parser, and prints what both saw:
//   node playlists.cjs FOLDER
// One line of JSON a file: {"file", "problems": [], "strict": {…}, "tolerant": {…}}; exit 1 when there is a problem.
const fs = require("fs");
const path = require("path");
const HLS = require("hls-parser");
const { Parser } = require("m3u8-parser");

HLS.setOptions({ strictMode: true });

function strict(text) {
  const playlist = HLS.parse(text);
  if (playlist.isMasterPlaylist) {
    return { variants: playlist.variants.length, renditions: playlist.variants.flatMap((each) => each.audio).length };
  }
  const complete = playlist.segments.filter((segment) => segment.uri);
  return {
    segments: complete.length,
    seconds: complete.reduce((sum, segment) => sum + segment.duration, 0),
    discontinuities: complete.filter((segment) => segment.discontinuity).length,
    maps: new Set(playlist.segments.map((segment) => segment.map && segment.map.uri)).size,
    parts: playlist.segments.flatMap((segment) => segment.parts).filter((part) => !part.hint).length,
    skipped: playlist.skip || 0,
    ended: Boolean(playlist.endlist),
  };
}

function tolerant(text, problems) {
  const parser = new Parser();
  parser.on("warn", (event) => problems.push(`m3u8-parser: ${event.message}`));
  parser.on("error", (event) => problems.push(`m3u8-parser: ${event.message}`));
  parser.push(text);
  parser.end();
  const { manifest } = parser;
  if (manifest.playlists) {
    const groups = Object.values((manifest.mediaGroups || {}).AUDIO || {});
    return { variants: manifest.playlists.length, renditions: groups.flatMap((group) => Object.keys(group)).length };
  }
  const complete = manifest.segments.filter((segment) => segment.uri);
  return {
    segments: complete.length,
    seconds: complete.reduce((sum, segment) => sum + segment.duration, 0),
    discontinuities: complete.filter((segment) => segment.discontinuity).length,
    maps: new Set(complete.map((segment) => segment.map && segment.map.uri)).size,
    parts: manifest.segments.concat(manifest.preloadSegment || []).flatMap((segment) => segment.parts || []).length,
    skipped: (manifest.skip && manifest.skip.skippedSegments) || 0,
    ended: Boolean(manifest.endList),
  };
}

let failed = false;
const folder = process.argv[2];
for (const file of fs.readdirSync(folder).sort()) {
  const text = fs.readFileSync(path.join(folder, file), "utf8");
  const problems = [];
  const result = { file, problems };
  try {
    result.strict = strict(text);
  } catch (error) {
    problems.push(`hls-parser: ${error.message}`);
  }
  try {
    result.tolerant = tolerant(text, problems);
  } catch (error) {
    problems.push(`m3u8-parser: ${error.message}`);
  }
  failed = failed || problems.length > 0;
  process.stdout.write(JSON.stringify(result) + "\n");
}
process.exit(failed ? 1 : 0);
