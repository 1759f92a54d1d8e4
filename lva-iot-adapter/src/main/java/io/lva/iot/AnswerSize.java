package io.lva.iot;

import java.nio.charset.StandardCharsets;

/** How much an answer may hold. */
final class AnswerSize {
  /**
   * The limit in bytes. IoT Hub passes on 128 KiB, which must also hold the envelope and the
   * escapes that its SDKs add.
   */
  static final int LIMIT = 100 * 1024;

  private AnswerSize() {}

  /** Returns the size in bytes of a part of an answer, plus one for the comma after it. */
  static int of(String json) {
    return json.getBytes(StandardCharsets.UTF_8).length + 1;
  }
}
