package io.lva.fmp4;

import io.lva.media.MediaType;

/**
 * The parts of a {@code trak} box that both kinds of file need.
 *
 * <p>Immutable except for the cursors of its payloads.
 *
 * @param entry number, timescale and codec
 * @param sampleTable the {@code stbl} box
 * @param trak the whole box, for the edit list
 */
record TrackBox(TrackEntry entry, BoxPayload sampleTable, BoxPayload trak) {
  static TrackBox parse(BoxPayload trak) throws Mp4Exception {
    BoxPayload tkhd = BoxCursor.require(trak, BoxType.TKHD);
    tkhd.skip(tkhd.versionAndFlags() >>> 24 == 0 ? 8 : 16);
    int trackId = tkhd.count();
    BoxPayload mdia = BoxCursor.require(trak, BoxType.MDIA);
    BoxPayload mdhd = BoxCursor.require(mdia, BoxType.MDHD);
    mdhd.skip(mdhd.versionAndFlags() >>> 24 == 0 ? 8 : 16);
    int timescale = mdhd.count();
    if (trackId == 0 || timescale == 0) {
      throw new Mp4Exception("track " + trackId + " with timescale " + timescale);
    }
    BoxPayload hdlr = BoxCursor.require(mdia, BoxType.HDLR);
    hdlr.skip(8);
    MediaType mediaType = HandlerType.parse(hdlr.i32());
    BoxPayload stbl = BoxCursor.require(BoxCursor.require(mdia, BoxType.MINF), BoxType.STBL);
    BoxPayload stsd = BoxCursor.require(stbl, BoxType.STSD);
    TrackEntry entry = SampleEntry.parse(stsd, trackId, timescale, mediaType);
    return new TrackBox(entry, stbl, trak);
  }
}
