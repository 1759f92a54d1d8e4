/**
 * RTP (RFC 3550) and its payload formats: from packets to samples on a time line.
 *
 * <p>Pure state machines: no I/O, no clock and no thread; times are arguments.
 */
@NullMarked
package io.lva.rtp;

import org.jspecify.annotations.NullMarked;
