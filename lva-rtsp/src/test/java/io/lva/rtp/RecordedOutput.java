package io.lva.rtp;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.rtp.payload.RtpPacket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps everything a receiver delivers, the bytes of samples as copies. */
final class RecordedOutput implements SampleConsumer {
  final List<TrackSet> tracks = new ArrayList<>();
  final List<Sample> samples = new ArrayList<>();
  final List<byte[]> data = new ArrayList<>();
  final List<Gap> opened = new ArrayList<>();
  final List<Gap> closed = new ArrayList<>();
  final List<GapCause> ended = new ArrayList<>();
  final List<UtcSource> sources = new ArrayList<>();

  /** The error that was stated, for each sample. */
  final List<Long> errors = new ArrayList<>();

  private long errorNanos;
  final List<String> calls = new ArrayList<>();
  boolean keepBytes = true;
  boolean keepCalls = true;

  @Override
  public void tracks(TrackSet set) {
    tracks.add(set);
    call("tracks");
  }

  @Override
  public void utcSource(UtcSource source, long errorNanos) {
    sources.add(source);
    this.errorNanos = errorNanos;
    call("utc " + source.text());
  }

  @Override
  public void sample(Sample sample) {
    samples.add(sample);
    errors.add(errorNanos);
    data.add(keepBytes ? sample.data().toByteArray() : new byte[0]);
    call(sample.sync() ? "sync" : "sample");
  }

  @Override
  public void gapOpened(Gap gap) {
    opened.add(gap);
    call("open " + gap.causes().get(gap.causes().size() - 1).text());
  }

  @Override
  public void gapClosed(Gap gap) {
    closed.add(gap);
    call("close");
  }

  @Override
  public void end(GapCause cause) {
    ended.add(cause);
    call("end " + cause.text());
  }

  /** Returns the NAL units of a sample in hexadecimal. */
  List<String> nalUnits(int index) {
    byte[] bytes = data.get(index);
    List<String> result = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int length = RtpPacket.integer(java.nio.ByteBuffer.wrap(bytes), at);
      result.add(HexFormat.of().formatHex(bytes, at + 4, at + 4 + length));
      at += 4 + length;
    }
    return result;
  }

  long presentation(int index) {
    Sample sample = samples.get(index);
    return sample.decodeTime() + sample.compositionOffset();
  }

  private void call(String text) {
    if (keepCalls) {
      calls.add(text);
    }
  }

  /** Returns the NAL units of each sample, in hexadecimal digits. */
  List<List<String>> nalUnits() {
    return IntStream.range(0, samples.size()).mapToObj(this::nalUnits).toList();
  }
}
