/**
 * Payload formats of RTP: how the samples of a codec are put into packets and taken out again.
 *
 * <p>Each codec has a package for its depacketizer, parameter sets and packetizer. Its {@link
 * io.lva.rtp.payload.PayloadFormat} is registered as a service, which {@link
 * io.lva.rtp.payload.PayloadFormats} finds by the encoding name in the session description.
 */
@NullMarked
package io.lva.rtp.payload;

import org.jspecify.annotations.NullMarked;
