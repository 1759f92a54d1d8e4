package io.lva.iot;

/**
 * Thrown when a request cannot be read at all; the message says why and quotes nothing from the
 * request.
 */
final class MalformedPayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedPayloadException(String message) {
    super(message);
  }
}
