package io.lva.graph;

/**
 * How media of an RTSP source travels.
 *
 * <p>LVA knows {@code Http} and {@code Tcp}; this library adds the others.
 */
public enum Transport {
  /** RTSP and media tunneled through two HTTP connections. */
  HTTP,
  /** RTSP and media interleaved on one TCP connection (RFC 2326 section 10.12). */
  TCP,
  /**
   * Media in datagrams to this host, or over TCP when the camera refuses or no datagrams arrive.
   */
  UDP,
  /** Media in datagrams to a group, or over TCP when the camera refuses or no datagrams arrive. */
  MULTICAST,
  /** Over TCP, or in datagrams when the camera refuses TCP. */
  AUTO
}
