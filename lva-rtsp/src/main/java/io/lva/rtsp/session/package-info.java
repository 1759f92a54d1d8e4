/**
 * The client side of a session, without I/O: dialogue, setup, signs of life, authentication, and
 * the source node that plays a camera forever.
 */
@NullMarked
package io.lva.rtsp.session;

import org.jspecify.annotations.NullMarked;
