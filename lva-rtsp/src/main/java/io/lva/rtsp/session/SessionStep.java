package io.lva.rtsp.session;

/** How far the dialogue of a session has come. */
enum SessionStep {
  NEW("connect"),
  OPTIONS("OPTIONS"),
  DESCRIBE("DESCRIBE"),
  SETUP("SETUP"),
  PLAY("PLAY"),
  PLAYING("play"),
  ENDED("end");

  private final String text;

  SessionStep(String text) {
    this.text = text;
  }

  /** Returns the name of the step for messages about failures. */
  String text() {
    return text;
  }
}
