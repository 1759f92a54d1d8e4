package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.MediaType;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.codec.H264Parameters;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Tracks and small files that tests share. */
final class Fixtures {
  static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");
  static final UUID EXTENDED_TYPE = UUID.fromString("6c766121-6173-7365-742d-666f726d6174");

  /** High profile, level 4.0, 1920x1080. */
  static final Bytes HIGH_SPS =
      Bytes.ofHex("67640028acd940780227e5c044000003000400000300c83c60c658");

  static final Bytes HIGH_PPS = Bytes.ofHex("68ebe3cb22c0");

  private Fixtures() {}

  static Track video() {
    return new Track(1, 90_000, H264Parameters.of(List.of(HIGH_SPS), List.of(HIGH_PPS)));
  }

  /** A track of a codec that is passed through. */
  static Track audio() {
    BoxWriter entry = new BoxWriter();
    entry.box(
        BoxType.of("twos"),
        () -> {
          entry.zeros(6);
          entry.u16(1);
          entry.zeros(8);
          entry.u16(1);
          entry.u16(16);
          entry.zeros(4);
          entry.u32(8000 << 16);
        });
    return new Track(2, 8000, new OpaqueCodec(MediaType.AUDIO, "twos", entry.toBytes()));
  }

  static TrackSet videoAndAudio() {
    return TrackSet.of(video(), audio());
  }

  /** Samples of 100, 101, … bytes and 3600 ticks, the first a sync sample. */
  static PartSamples samples(int count) {
    PartSamples samples = new PartSamples();
    for (int i = 0; i < count; i++) {
      samples.add(3600, 100 + i, SampleFlags.of(i == 0, false), 0);
    }
    return samples;
  }

  /** Writes a part with media that counts up. */
  static byte[] part(int sequenceNumber, int trackId, long time, PartSamples samples) {
    int headerBytes = PartWriter.headerBytes(samples.count());
    ByteBuffer part = ByteBuffer.allocate(headerBytes + (int) samples.sizeBytes());
    PartWriter.write(sequenceNumber, trackId, time, samples, part);
    for (byte value = 0; part.hasRemaining(); value++) {
      part.put(value);
    }
    return part.array();
  }

  static byte[] uuid(String json) {
    UuidBox box = new UuidBox(EXTENDED_TYPE, Bytes.copyOf(json.getBytes(StandardCharsets.UTF_8)));
    ByteBuffer bytes = ByteBuffer.allocate(box.sizeBytes());
    box.write(bytes);
    return bytes.array();
  }

  static byte[] referenceTime() {
    ByteBuffer bytes = ByteBuffer.allocate(ProducerReferenceTime.SIZE_BYTES);
    new ProducerReferenceTime(1, CREATED, 0).write(bytes);
    return bytes.array();
  }

  static byte[] head() {
    return InitSegment.of(videoAndAudio(), CREATED).bytes().toByteArray();
  }

  static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      joined.writeBytes(piece);
    }
    return joined.toByteArray();
  }

  /** Head, origin, reference time, two video parts, an audio part, a gap and another part. */
  static byte[] file() {
    return join(
        head(),
        uuid("{\"kind\":\"origin\"}"),
        referenceTime(),
        part(1, 1, 0, samples(3)),
        part(2, 1, 10_800, samples(2)),
        part(3, 2, 0, samples(4)),
        uuid("{\"kind\":\"gap\"}"),
        part(4, 1, 18_000, samples(1)));
  }

  static ByteSource source(byte[] bytes) {
    return ByteSource.of(ByteBuffer.wrap(bytes));
  }
}
