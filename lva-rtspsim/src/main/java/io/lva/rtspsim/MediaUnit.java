package io.lva.rtspsim;

/**
 * One access unit or audio frame of a track.
 *
 * <p>Immutable.
 *
 * @param decodeTicks when it is sent, in ticks of the track
 * @param presentationTicks when it is shown, in ticks of the track; this is its RTP timestamp
 * @param sync whether decoding can begin here
 * @param packets its payloads
 */
record MediaUnit(long decodeTicks, long presentationTicks, boolean sync, PacketizedUnit packets) {}
