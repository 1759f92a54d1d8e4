package io.lva.rtspsim;

import java.util.List;

/**
 * The pattern with a beep at the start of each second, so that sound and picture can be compared.
 *
 * <p>Thread-safe.
 *
 * @param picture the pattern
 */
record PatternWithSound(PatternSource picture) implements MediaSource {
  @Override
  public String title() {
    return "pattern with sound";
  }

  @Override
  public List<MediaTrack> tracks() {
    return List.of(picture, new BeepTrack());
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public Start start(long utcNanos, boolean burst) {
    return picture.start(utcNanos, burst);
  }
}
