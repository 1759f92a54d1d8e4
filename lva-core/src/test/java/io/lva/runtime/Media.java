package io.lva.runtime;

import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.SampleBuilder;
import io.lva.media.SlabPool;
import io.lva.media.Track;
import io.lva.media.TrackSet;

/** A video and an audio track with samples of no bytes. */
final class Media {
  private static final Track VIDEO = new Track(1, 90_000, new Parameters(MediaType.VIDEO));
  private static final Track AUDIO = new Track(2, 48_000, new Parameters(MediaType.AUDIO));

  private record Parameters(MediaType mediaType) implements CodecParameters {
    @Override
    public String codec() {
      return "none";
    }
  }

  private Media() {}

  static TrackSet tracks() {
    return TrackSet.of(VIDEO, AUDIO);
  }

  static Sample video() {
    return sample(VIDEO);
  }

  static Sample audio() {
    return sample(AUDIO);
  }

  private static Sample sample(Track track) {
    SampleBuilder builder = new SampleBuilder(SlabPool.ofBytes(1 << 20));
    builder.appendByte(1);
    return new Sample(track, 0, 0, true, false, 0, builder.build());
  }
}
