package io.lva.playback.window;

import io.lva.asset.RunSection;
import io.lva.asset.RunSection.TrackSection;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a track holds. A manifest shows the first track of each kind. */
public enum TrackKind {
  /** Pictures. */
  VIDEO,
  /** Sound. */
  AUDIO;

  private static final Set<String> VIDEO_CODECS =
      Set.of("avc1", "avc3", "hvc1", "hev1", "mjpg", "jpeg", "mp4v", "vp08", "vp09", "av01");

  /** Codecs that no browser plays: players get FLAC instead. */
  private static final Set<String> CONVERTED = Set.of("ulaw", "alaw", "ipcm");

  /**
   * Returns the codec that players get.
   *
   * @param track of a segment
   * @return {@code fLaC} for G.711 and linear sound, else what was recorded
   */
  public static String playedCodec(TrackRow track) {
    return isConverted(track) ? "fLaC" : track.codec();
  }

  /**
   * Returns whether a track is converted for players.
   *
   * @param track of a segment
   * @return true for G.711 and linear sound
   */
  public static boolean isConverted(TrackRow track) {
    return CONVERTED.contains(track.codec());
  }

  /**
   * Returns the name of the kind in addresses.
   *
   * @return {@code video} or {@code audio}
   */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the kind of a track.
   *
   * @param track of a segment
   * @return video if it has a picture size or a codec of pictures, else audio
   */
  public static TrackKind of(TrackRow track) {
    return of(track.codec(), track.width());
  }

  /**
   * Returns the kind of a track.
   *
   * @param track of a manifest
   * @return video if it has a picture size or a codec of pictures, else audio
   */
  public static TrackKind of(TrackInfo track) {
    return of(track.codec(), track.width());
  }

  private static TrackKind of(String codec, int width) {
    int dot = codec.indexOf('.');
    String entry = dot < 0 ? codec : codec.substring(0, dot);
    return width > 0 || VIDEO_CODECS.contains(entry.toLowerCase(Locale.ROOT)) ? VIDEO : AUDIO;
  }

  /**
   * Finds the track of this kind in a segment.
   *
   * @param segment with one or more tracks
   * @return its first track of this kind; empty when it has none
   */
  public Optional<TrackRow> in(SegmentRow segment) {
    return segment.tracks().stream().filter(track -> of(track) == this).findFirst();
  }

  /**
   * Finds the track of this kind in a section.
   *
   * @param section with one or more tracks
   * @return its first track of this kind; empty when it has none
   */
  public Optional<TrackSection> in(RunSection section) {
    return section.tracks().stream().filter(track -> of(track.track()) == this).findFirst();
  }
}
