package io.lva.rtspsim;

/** How the simulator asks a client who it is. */
public enum AuthenticationScheme {
  /** User name and password in the clear (RFC 7617). */
  BASIC,
  /** MD5 without {@code qop}, as most cameras use it (RFC 2069; RFC 7616 section 3.4.2). */
  DIGEST,
  /** SHA-256 with {@code qop="auth"} (RFC 7616). */
  DIGEST_SHA_256
}
