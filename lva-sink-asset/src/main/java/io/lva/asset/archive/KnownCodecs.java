package io.lva.asset.archive;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import io.lva.media.codec.CodecFormats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of codecs that only the recorder knew. For such a codec, a file states only the type of
 * its sample entry, whereas its row in the index has the full name according to RFC 6381. Tracks
 * with the same initialization segment have the same codec, whichever file they are in.
 *
 * <p>Thread-safe.
 */
public final class KnownCodecs {
  @GuardedBy("this")
  private final Map<String, String> codecsByInit = new HashMap<>();

  /** Creates an empty set of names. */
  public KnownCodecs() {}

  /**
   * Notes those names in a row of the index that say more than the file does.
   *
   * @param indexed any segment
   */
  public synchronized void note(SegmentRow indexed) {
    for (TrackRow track : indexed.tracks()) {
      String codec = track.codec();
      int dot = codec.indexOf('.');
      if (dot > 0 && isUnknown(codec.substring(0, dot))) {
        codecsByInit.put(track.init(), codec);
      }
    }
  }

  private static boolean isUnknown(String sampleEntry) {
    return CodecFormats.find(sampleEntry).isEmpty();
  }

  /**
   * Completes the names in a row that was made from a file.
   *
   * @param file any segment
   * @return the same row, with incomplete names replaced by the full ones if they are known
   */
  public synchronized SegmentRow complete(SegmentRow file) {
    if (codecsByInit.isEmpty()) {
      return file;
    }
    List<TrackRow> tracks = new ArrayList<>();
    for (TrackRow track : file.tracks()) {
      tracks.add(complete(track));
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

  @GuardedBy("this")
  private TrackRow complete(TrackRow track) {
    String codec = codecsByInit.getOrDefault(track.init(), "");
    if (!codec.startsWith(track.codec() + '.')) {
      return track;
    }
    return new TrackRow(
        track.id(),
        track.timescale(),
        track.base(),
        track.start(),
        track.init(),
        codec,
        track.width(),
        track.height(),
        track.fragments());
  }
}
