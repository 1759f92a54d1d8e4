package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.KeptText;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the command line says of itself. */
class HelpTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  static Stream<String> commands() {
    return Lva.commandLine().getSubcommands().keySet().stream();
  }

  private int lva(String... arguments) {
    return Lva.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_everyCommand_readsTheSameInEveryLocale(String command) {
    assertThat(lva(command, "--help")).isZero();
    assertThat(out.toString()).matches("\\p{ASCII}+");
  }

  @Test
  void help_allCommands_areThoseOfTheOptionsPage() throws IOException {
    CommandLine lva = Lva.commandLine();
    StringBuilder text = new StringBuilder(usage(lva));
    lva.getSubcommands().values().forEach(each -> text.append('\n').append(usage(each)));
    KeptText.check(
        Judges.projectRoot().resolve("docs/options.md"),
        "<!-- command line -->\n```\n",
        "```\n<!-- end of command line -->",
        text.toString());
  }

  private static String usage(CommandLine command) {
    return command.getUsageMessage(CommandLine.Help.Ansi.OFF).replace("\r\n", "\n");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void version_everyCommand_isThatOfTheProgram(String command) {
    assertThat(lva(command, "--version")).isZero();
    assertThat(out.toString()).startsWith("lva ");
  }

  @Test
  void version_program_isOneLine() {
    assertThat(lva("-V")).isZero();
    assertThat(out.toString().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "recrod rtsp://h/x,          there is no command 'recrod'; did you mean record?",
    "assets --stroe x,           did you mean --store?",
    "camera --outage 20,         --outage takes pairs of seconds",
    "camera --outage 20;5;1,     Invalid value for option '--outage'",
    "export --asset a -o x,      give --start and --end",
    "export --asset a -o x --last 5m --end 2026-11-22,  or --last alone",
    "export --asset a -o x --last soon,                 is not a duration",
    "export --asset a -o x --start 2026-11-22T10:00 --end 2026-11-22, is not before --end",
  })
  void command_mistake_saysWhatWasMeantInOneLine(String line, String expected) {
    assertThat(lva(line.split(" ", -1))).isEqualTo(2);
    assertThat(errors.toString().strip().lines()).hasSize(1);
    assertThat(errors.toString()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "record rtsp://h/x --on x           | '--on': expected always or motion, and it is",
        "record rtsp://h/x --clock x        | '--clock': expected live or camera, and it is",
        "record rtsp://h/x --transport x    | expected http, tcp, udp, multicast or auto, and it"
            + " is",
        "record rtsp://h/x --seconds x      | '--seconds': expected a whole number, and it is",
        "record rtsp://h/x --upload-limit x | '--upload-limit': expected a number, and it is",
        "camera --loss x                    | '--loss': expected a number, and it is",
        "camera --seed x                    | '--seed': expected a whole number, and it is",
        "serve --port x                     | '--port': expected a whole number, and it is",
      })
  void command_wrongKindOfValue_saysWhatIsExpectedAsItIsTyped(String line, String expected) {
    assertThat(lva(line.split(" ", -1))).isEqualTo(2);
    assertThat(errors.toString().strip().lines()).hasSize(1);
    assertThat(errors.toString()).contains(expected).contains(" 'x'; see lva ");
  }

  /** No option shows the constants of Java. */
  @Test
  void commands_optionsWithFewWords_haveTheirOwnConverters() {
    CommandLine lva = Lva.commandLine();
    for (CommandLine command : lva.getSubcommands().values()) {
      for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
        if (option.type().isEnum()) {
          String name = command.getCommandName();
          assertThat(
                  Lva.commandLine()
                      .setErr(new PrintWriter(errors, true))
                      .execute(name, option.longestName(), "x"))
              .isEqualTo(2);
        }
      }
    }
    assertThat(errors.toString()).contains("--on", "--clock", "--transport").doesNotContain("[");
  }
}
