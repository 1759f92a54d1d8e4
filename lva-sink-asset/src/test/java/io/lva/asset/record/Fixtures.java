package io.lva.asset.record;

import io.lva.fmp4.OpaqueCodec;
import io.lva.fmp4.PartSamples;
import io.lva.fmp4.SampleFlags;
import io.lva.media.Bytes;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.SampleData;
import io.lva.media.SampleDataList;
import io.lva.media.Track;
import io.lva.media.codec.H264Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tracks, samples and parts that tests share. */
final class Fixtures {
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  static final int TIMESCALE = 90_000;

  /** 1920x1080. */
  static final Track VIDEO =
      new Track(
          1,
          TIMESCALE,
          H264Parameters.of(
              List.of(Bytes.ofHex("67640028acd940780227e5c044000003000400000300c83c60c658")),
              List.of(Bytes.ofHex("68ebe3cb22c0"))));

  /** 320x192. */
  static final Track SMALL_VIDEO =
      new Track(
          1,
          TIMESCALE,
          H264Parameters.of(
              List.of(Bytes.ofHex("6742c00dda0507e840000003004000000ca3c50aa8")),
              List.of(Bytes.ofHex("68ce3c80"))));

  /** 8 kHz, passed through. */
  static final Track AUDIO =
      new Track(
          2,
          8000,
          new OpaqueCodec(
              MediaType.AUDIO,
              "alaw",
              Bytes.ofHex(
                  "00000024 616c6177 000000000000 0001 0000000000000000 0001 0010 0000 0000"
                      + " 1f400000")));

  private Fixtures() {}

  static Sample sample(Track track, long decodeTime, long utcNanos, boolean sync, int bytes) {
    return new Sample(track, decodeTime, 0, sync, false, utcNanos, data(sync, bytes));
  }

  /** One NAL unit of a size in all. */
  static SampleData data(boolean sync, int bytes) {
    byte[] nal = new byte[bytes];
    int length = bytes - 4;
    nal[0] = (byte) (length >> 24);
    nal[1] = (byte) (length >> 16);
    nal[2] = (byte) (length >> 8);
    nal[3] = (byte) length;
    nal[4] = (byte) (sync ? 0x65 : 0x41);
    return SampleData.copyOf(nal);
  }

  /** A part of one sample. */
  static Part part(long decodeTime, int duration, boolean sync, int bytes) {
    PartSamples samples = new PartSamples();
    samples.add(duration, bytes, SampleFlags.of(sync, false), 0);
    SampleDataList list = new SampleDataList();
    list.add(data(sync, bytes));
    return new Part(VIDEO, decodeTime, sync, samples, list, Optional.empty());
  }
}
