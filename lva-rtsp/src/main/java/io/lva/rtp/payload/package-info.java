/**
 * Payload formats of RTP: how the samples of a codec are put into packets and taken out again.
 *
 * <p>One package per codec holds its depacketizer, parameter sets and packetizer; its {@link
 * io.lva.rtp.payload.PayloadFormat} is registered as a service and found by the encoding name of
 * the session description in {@link io.lva.rtp.payload.PayloadFormats}.
 */
@NullMarked
package io.lva.rtp.payload;

import org.jspecify.annotations.NullMarked;
