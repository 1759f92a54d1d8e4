package io.lva.rtspsim;

/**
 * One access unit of a source, on the source's endless time line.
 *
 * <p>Immutable.
 *
 * @param decodeTicks when it is sent, in ticks of 90 kHz
 * @param presentationTicks when it is shown, in ticks of 90 kHz: its RTP timestamp
 * @param sync whether decoding can begin here
 * @param packets its payloads
 */
record MediaUnit(long decodeTicks, long presentationTicks, boolean sync, PacketizedUnit packets) {
  static final long TICKS_PER_SECOND = 90_000;
}
