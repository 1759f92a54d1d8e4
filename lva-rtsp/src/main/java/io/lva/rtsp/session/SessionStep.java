package io.lva.rtsp.session;

/** Where the dialogue of a session stands. */
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

  /** Returns the name of the step in messages about failures. */
  String text() {
    return text;
  }
}
