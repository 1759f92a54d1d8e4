package io.lva.asset.record;

import io.lva.asset.format.Utc;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.SampleConsumer;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import java.time.Duration;
import java.time.Instant;

/**
 * A made-up camera that feeds a recorder: 25 pictures per second, a sync sample every two seconds.
 */
final class CameraSim {
  static final int RATE = 25;
  static final int GROUP = 50;
  static final int FRAME_TICKS = Fixtures.TIMESCALE / RATE;
  static final long FRAME_NANOS = 1_000_000_000L / RATE;

  private final SampleConsumer consumer;
  private Track track = Fixtures.VIDEO;
  private int bytes = 200;
  private long decodeTime;
  private long utcNanos;
  private int picture;
  private int gaps;
  private int group = GROUP;

  CameraSim(SampleConsumer consumer, Instant start) {
    this.consumer = consumer;
    this.utcNanos = Utc.nanos(start);
  }

  CameraSim bytes(int size) {
    bytes = size;
    return this;
  }

  /** Numbers gaps from here on, so that two cameras of one asset never share a name. */
  CameraSim gapsFrom(int first) {
    gaps = first;
    return this;
  }

  CameraSim groupOf(int pictures) {
    group = pictures;
    return this;
  }

  Instant now() {
    return Utc.instant(utcNanos);
  }

  void tracks() {
    consumer.tracks(TrackSet.of(track));
  }

  void tracks(Track next) {
    track = next;
    picture = 0;
    tracks();
  }

  /** Sends pictures; the first is a sync sample after anything but pictures. */
  void pictures(int count) {
    for (int i = 0; i < count; i++) {
      picture();
    }
  }

  void picture() {
    boolean sync = picture++ % group == 0;
    consumer.sample(Fixtures.sample(track, decodeTime, utcNanos, sync, bytes));
    skip(1);
  }

  void seconds(int seconds) {
    pictures(seconds * RATE);
  }

  /** Lets pictures pass that nobody receives. */
  void skip(int pictures) {
    decodeTime += (long) pictures * FRAME_TICKS;
    utcNanos += pictures * FRAME_NANOS;
  }

  /** Lets the clock of the UTC jump, but not the decode time. */
  void step(Duration step) {
    utcNanos += step.toNanos();
  }

  Gap open(GapCause cause) {
    Gap gap = Gap.open("gap" + gaps++, now(), GapOrigin.SOURCE, cause);
    consumer.gapOpened(gap);
    return gap;
  }

  /** A hole on the same connection: the camera goes on. */
  void lose(int pictures, GapCause cause) {
    Gap gap = open(cause);
    skip(pictures);
    picture = 0;
    consumer.gapClosed(gap.closedAt(now()));
  }

  /** Ends a hole; the next picture is a sync sample. */
  void resume(Gap gap) {
    picture = 0;
    consumer.gapClosed(gap.closedAt(now()));
  }

  /** A hole between two connections: decode times begin anew. */
  void reconnect(Duration outage, long newOrigin) {
    Gap gap = open(GapCause.CAMERA_UNREACHABLE);
    utcNanos += outage.toNanos();
    decodeTime = newOrigin;
    picture = 0;
    tracks();
    consumer.gapClosed(gap.closedAt(now()));
  }
}
