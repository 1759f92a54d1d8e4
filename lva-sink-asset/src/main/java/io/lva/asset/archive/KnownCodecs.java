package io.lva.asset.archive;

import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import io.lva.media.codec.CodecFormats;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of codecs that only the recorder knew: of such a codec, a file tells the type of its sample
 * entry alone, and its row in the index the whole name of RFC 6381.
 *
 * <p>Thread-safe: there is no state.
 */
public final class KnownCodecs {
  private KnownCodecs() {}

  /**
   * Returns whether the index says more about a codec of a segment than its file does.
   *
   * @param indexed row of the index
   * @return true when no codec that is registered here has the sample entry of a track
   */
  public static boolean isNeeded(SegmentRow indexed) {
    return indexed.tracks().stream().anyMatch(track -> isUnknown(sampleEntry(track.codec())));
  }

  private static String sampleEntry(String codec) {
    int dot = codec.indexOf('.');
    return dot < 0 ? codec : codec.substring(0, dot);
  }

  private static boolean isUnknown(String sampleEntry) {
    return CodecFormats.find(sampleEntry).isEmpty();
  }

  /**
   * Returns the row of a file with the codecs of its row in the index where these say more.
   *
   * @param file row that was made from the file
   * @param indexed row of the same segment in the index
   * @return the row of the file, but for the names of codecs
   */
  public static SegmentRow of(SegmentRow file, SegmentRow indexed) {
    List<TrackRow> tracks = new ArrayList<>(file.tracks());
    for (int i = 0; i < Math.min(tracks.size(), indexed.tracks().size()); i++) {
      tracks.set(i, withCodec(tracks.get(i), indexed.tracks().get(i).codec()));
    }
    return new SegmentRow(
        file.epoch(),
        file.run(),
        file.runNumber(),
        file.sequence(),
        file.file(),
        file.sizeBytes(),
        file.continues(),
        file.unsyncedStart(),
        tracks);
  }

  private static TrackRow withCodec(TrackRow track, String codec) {
    boolean longer = codec.startsWith(track.codec() + '.');
    return new TrackRow(
        track.id(),
        track.timescale(),
        track.base(),
        track.start(),
        track.init(),
        longer && isUnknown(track.codec()) ? codec : track.codec(),
        track.width(),
        track.height(),
        track.fragments());
  }
}
