package io.lva.iot;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;

/** Takes media and does nothing with it. */
public final class Nobody implements SampleConsumer {
  @Override
  public void tracks(TrackSet tracks) {}

  @Override
  public void sample(Sample sample) {}

  @Override
  public void gapOpened(Gap gap) {}

  @Override
  public void gapClosed(Gap gap) {}

  @Override
  public void end(GapCause cause) {}
}
