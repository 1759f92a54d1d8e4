package io.lva.examples.cli;

import java.io.Console;
import java.lang.reflect.Method;
import java.util.Locale;

/** Whether a person sits in front of this process. */
final class Terminal {
  private Terminal() {}

  /** Returns whether standard input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // on older JDKs null is the answer
  static boolean isPresent() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /**
   * Returns whether a console is a terminal. Since JDK 22 a console need not be one, and has a
   * method that says whether it is.
   */
  private static boolean isTerminal(Console console) {
    try {
      Method method = Console.class.getMethod("isTerminal");
      return Boolean.TRUE.equals(method.invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Asks a question; returns whether the answer begins with a y. */
  @SuppressWarnings("SystemConsoleNull") // on older JDKs null is the answer
  static boolean confirms(String question) {
    Console console = System.console();
    String answer = console == null ? null : console.readLine("%s [y/N] ", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
