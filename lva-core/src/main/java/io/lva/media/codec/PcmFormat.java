package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.SampleDescription;
import io.lva.media.codec.PcmParameters.Encoding;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * G.711 and linear audio in files: {@code ulaw}, {@code alaw}, {@code ipcm} (ISO/IEC 23003-5).
 *
 * <p>Immutable.
 */
final class PcmFormat implements CodecFormat {
  private static final Bytes LINEAR_16 = Bytes.ofHex("00000000 00 10");

  @Override
  public Set<String> sampleEntries() {
    return Set.of("ulaw", "alaw", "ipcm");
  }

  /**
   * Leaves linear formats other than the one this library writes to the fallback, which does not
   * look into them.
   */
  @Override
  public Optional<CodecParameters> parameters(SampleDescription description) {
    boolean known =
        !description.type().equals("ipcm")
            || description.box("pcmC").equals(Optional.of(LINEAR_16));
    if (!known || description.sampleRate() == 0 || description.channels() == 0) {
      return Optional.empty();
    }
    return Arrays.stream(Encoding.values())
        .filter(encoding -> encoding.sampleEntry().equals(description.type()))
        .findFirst()
        .map(
            encoding ->
                new PcmParameters(encoding, description.sampleRate(), description.channels()));
  }
}
