package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.MediaType;
import java.util.List;

/**
 * Lays out {@code ftyp} and {@code moov} of a fragmented file; see {@link InitSegment}.
 *
 * <p>Not thread-safe.
 */
final class InitWriter {
  /** Seconds from the epoch of MP4 times, the start of 1904, to the Unix epoch. */
  static final long SECONDS_FROM_1904_TO_1970 = 2_082_844_800L;

  private static final int MOVIE_TIMESCALE = 1000;
  private static final int TRACK_ENABLED_AND_IN_MOVIE = 3;
  private static final int LANGUAGE_UNDETERMINED = 0x55c4;
  private static final int SELF_CONTAINED = 1;

  private final BoxWriter out = new BoxWriter();

  /** Writes both boxes; a creation time of 0 means none. */
  static Bytes write(List<TrackEntry> tracks, long creationTime) {
    InitWriter writer = new InitWriter();
    writer.fileType();
    writer.movie(tracks, creationTime);
    return writer.out.toBytes();
  }

  private void fileType() {
    out.box(
        BoxType.FTYP,
        () -> {
          out.text("iso6");
          out.u32(0);
          out.text("iso6cmfccmf2mp41");
        });
  }

  private void movie(List<TrackEntry> tracks, long creationTime) {
    out.box(
        BoxType.MOOV,
        () -> {
          int nextTrackId = 1 + tracks.stream().mapToInt(t -> t.track().id()).max().orElse(0);
          movieHeader(out, creationTime, MOVIE_TIMESCALE, 0, nextTrackId);
          tracks.forEach(this::track);
          out.box(BoxType.MVEX, () -> tracks.forEach(t -> trackDefaults(t.track().id())));
        });
  }

  /** Writes {@code mvhd} in version 1: 64-bit times (ISO/IEC 14496-12 clause 8.2.2). */
  static void movieHeader(
      BoxWriter out, long creationTime, int timescale, long duration, int nextTrackId) {
    out.fullBox(
        BoxType.MVHD,
        1,
        0,
        () -> {
          out.u64(creationTime);
          out.u64(creationTime);
          out.u32(timescale);
          out.u64(duration);
          out.u32(0x0001_0000);
          out.u16(0x0100);
          out.zeros(10);
          out.matrix();
          out.zeros(24);
          out.u32(nextTrackId);
        });
  }

  private void track(TrackEntry entry) {
    out.box(
        BoxType.TRAK,
        () -> {
          trackHeader(out, entry, 0);
          out.box(
              BoxType.MDIA,
              () -> {
                mediaHeader(out, entry.track().timescale(), 0);
                handler(out, entry.track().mediaType());
                out.box(BoxType.MINF, () -> mediaInformation(entry));
              });
        });
  }

  /** Writes {@code tkhd} in version 1 (clause 8.3.2); the duration is in the movie's timescale. */
  static void trackHeader(BoxWriter out, TrackEntry entry, long duration) {
    boolean audio = entry.track().mediaType() == MediaType.AUDIO;
    out.fullBox(
        BoxType.TKHD,
        1,
        TRACK_ENABLED_AND_IN_MOVIE,
        () -> {
          out.zeros(16);
          out.u32(entry.track().id());
          out.u32(0);
          out.u64(duration);
          out.zeros(8);
          out.u16(0);
          out.u16(0);
          out.u16(audio ? 0x0100 : 0);
          out.u16(0);
          out.matrix();
          out.u32(entry.displayWidth() << 16);
          out.u32(entry.track().parameters().height() << 16);
        });
  }

  /** Writes {@code mdhd} in version 1 (clause 8.4.2). */
  static void mediaHeader(BoxWriter out, int timescale, long duration) {
    out.fullBox(
        BoxType.MDHD,
        1,
        0,
        () -> {
          out.zeros(16);
          out.u32(timescale);
          out.u64(duration);
          out.u16(LANGUAGE_UNDETERMINED);
          out.u16(0);
        });
  }

  /** Writes {@code hdlr} (clause 8.4.3): ISO, without QuickTime's component type. */
  static void handler(BoxWriter out, MediaType mediaType) {
    out.fullBox(
        BoxType.HDLR,
        0,
        0,
        () -> {
          out.u32(0);
          out.u32(HandlerType.of(mediaType));
          out.zeros(12);
          out.u8(0);
        });
  }

  /** Writes the media header of the handler and {@code dinf} (clauses 8.4.5 and 8.7.2). */
  static void mediaInformationHeader(BoxWriter out, MediaType mediaType) {
    switch (mediaType) {
      case VIDEO -> out.fullBox(BoxType.VMHD, 0, 1, () -> out.zeros(8));
      case AUDIO -> out.fullBox(BoxType.SMHD, 0, 0, () -> out.zeros(4));
      case APPLICATION -> out.fullBox(BoxType.NMHD, 0, 0, () -> {});
    }
    out.box(
        BoxType.DINF,
        () ->
            out.fullBox(
                BoxType.DREF,
                0,
                0,
                () -> {
                  out.u32(1);
                  out.fullBox(BoxType.URL, 0, SELF_CONTAINED, () -> {});
                }));
  }

  static void sampleDescription(BoxWriter out, TrackEntry entry) {
    out.fullBox(
        BoxType.STSD,
        0,
        0,
        () -> {
          out.u32(1);
          out.bytes(entry.sampleEntry());
        });
  }

  private void mediaInformation(TrackEntry entry) {
    mediaInformationHeader(out, entry.track().mediaType());
    out.box(
        BoxType.STBL,
        () -> {
          sampleDescription(out, entry);
          out.fullBox(BoxType.STTS, 0, 0, () -> out.u32(0));
          out.fullBox(BoxType.STSC, 0, 0, () -> out.u32(0));
          out.fullBox(BoxType.STSZ, 0, 0, () -> out.zeros(8));
          out.fullBox(BoxType.STCO, 0, 0, () -> out.u32(0));
        });
  }

  private void trackDefaults(int trackId) {
    out.fullBox(
        BoxType.TREX,
        0,
        0,
        () -> {
          out.u32(trackId);
          out.u32(1);
          out.zeros(12);
        });
  }
}
