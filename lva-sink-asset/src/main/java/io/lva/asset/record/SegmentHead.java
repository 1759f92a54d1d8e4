package io.lva.asset.record;

import io.lva.asset.format.OriginBox;
import io.lva.asset.format.Utc;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.TrackRow;
import io.lva.fmp4.InitSegment;
import io.lva.fmp4.ProducerReferenceTime;
import io.lva.fmp4.UuidBox;
import io.lva.media.Track;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a segment: everything before its first part.
 *
 * <p>Immutable.
 *
 * @param format the tracks of the segment
 * @param origin where the segment lies on the time line
 */
record SegmentHead(RunFormat format, OriginBox origin) {

  /** Returns the zero of a track's times in this file, in ticks since the Unix epoch. */
  long base(Track track) {
    for (OriginBox.TrackBase base : origin.tracks()) {
      if (base.id() == track.id()) {
        return base.base();
      }
    }
    throw new IllegalArgumentException("no track " + track.id());
  }

  /** Returns the UTC of the file's zero. */
  Instant start() {
    return Utc.instant(base(format.master()), format.master().timescale());
  }

  /** Returns the name of the complete file, relative to the folder of the asset. */
  String file() {
    return SegmentName.completePath(start(), origin.run(), origin.sequence());
  }

  /** Returns {@code ftyp} and {@code moov}. */
  InitSegment init() {
    return format.init(start());
  }

  /** Returns everything before the first part. */
  ByteBuffer bytes() {
    InitSegment init = init();
    UuidBox box = new UuidBox(OriginBox.EXTENDED_TYPE, origin.toPayload());
    int size = init.bytes().size() + box.sizeBytes() + ProducerReferenceTime.SIZE_BYTES;
    ByteBuffer bytes = ByteBuffer.allocateDirect(size).put(init.bytes().asByteBuffer());
    box.write(bytes);
    new ProducerReferenceTime(format.master().id(), start(), 0).write(bytes);
    return bytes.flip();
  }

  /** Returns the tracks as rows of the index, without fragments. */
  List<TrackRow> tracks() {
    List<TrackRow> rows = new ArrayList<>();
    for (int i = 0; i < format.tracks().size(); i++) {
      Track track = format.tracks().get(i);
      rows.add(
          new TrackRow(
              track.id(),
              track.timescale(),
              base(track),
              0,
              format.initId(i),
              track.parameters().codec(),
              track.parameters().width(),
              track.parameters().height(),
              Fragments.empty()));
    }
    return rows;
  }
}
