/**
 * RTSP connections through Netty: the source of a graph, the probe of a camera, and the media loops
 * that both run on.
 */
@NullMarked
package io.lva.rtsp.net;

import org.jspecify.annotations.NullMarked;
