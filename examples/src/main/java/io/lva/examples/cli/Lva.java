package io.lva.examples.cli;

import io.lva.graph.SourceClock;
import io.lva.graph.Transport;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Records cameras and plays them back.
 *
 * <p>Exit codes: 0 done, 1 done with problems, 2 bad input or nothing could start, with one clear
 * line on the standard error stream.
 */
@Command(
    name = "lva",
    mixinStandardHelpOptions = true,
    description = "Records RTSP cameras to assets and plays any portion of them back.",
    subcommands = {
      AssetsCommand.class,
      CameraCommand.class,
      DemoCommand.class,
      EdgeCommand.class,
      ExportCommand.class,
      ProbeCommand.class,
      RecordCommand.class,
      RunCommand.class,
      ServeCommand.class,
      TopologyCommand.class,
      UpCommand.class,
      VerifyCommand.class,
    })
public final class Lva implements Runnable {
  /** Exit code for a command that ran to its end and found problems. */
  static final int PROBLEMS = 1;

  /** Exit code for bad input, or a start that failed. */
  static final int BAD_INPUT = 2;

  /**
   * Held here, because the log manager loses the settings of loggers that are garbage-collected.
   */
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  /**
   * Azure's logger, which reports each attempt to reach the service; the store itself says what is
   * wrong.
   */
  private static final Logger AZURE = Logger.getLogger("com.azure");

  @Spec private CommandSpec spec = CommandSpec.create();

  private Lva() {}

  /**
   * Runs a command and exits with its code.
   *
   * @param arguments as {@code lva --help} lists them
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Write a log to the standard error stream.")
  private boolean verbose;

  static CommandLine commandLine() {
    Lva lva = new Lva();
    CommandLine command = new CommandLine(lva);
    command.getCommandSpec().version(version());
    command.getSubcommands().values().forEach(each -> each.getCommandSpec().version(version()));
    return command
        .registerConverter(RecordingTrigger.class, new Choice<>(RecordingTrigger.class))
        .registerConverter(SourceClock.class, new Choice<>(SourceClock.class))
        .registerConverter(Transport.class, new Choice<>(Transport.class))
        .registerConverter(int.class, text -> number(text, Integer::valueOf, "a whole number"))
        .registerConverter(Integer.class, text -> number(text, Integer::valueOf, "a whole number"))
        .registerConverter(long.class, text -> number(text, Long::valueOf, "a whole number"))
        .registerConverter(double.class, text -> number(text, Double::valueOf, "a number"))
        .registerConverter(Double.class, text -> number(text, Double::valueOf, "a number"))
        .setExecutionStrategy(parsed -> lva.execute(parsed))
        .setParameterExceptionHandler(Lva::onBadArguments)
        .setExecutionExceptionHandler(Lva::onFailure);
  }

  private static <T> T number(String text, Function<String, T> parser, String what) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected " + what + ", and it is '" + text + "'");
    }
  }

  private static String version() {
    String version = Lva.class.getPackage().getImplementationVersion();
    return "lva " + (version == null ? "(classes that were not packaged)" : version);
  }

  private int execute(ParseResult parsed) {
    // The zone of this machine, with its offset.
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT%1$tz %4$s %5$s%6$s%n");
    ROOT_LOGGER.setLevel(verbose ? Level.INFO : Level.SEVERE);
    AZURE.setLevel(verbose ? Level.WARNING : Level.OFF);
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int onBadArguments(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String proposal = proposal(problem).map(word -> "; did you mean " + word + "?").orElse("");
    command.getErr().println("lva: " + reason(problem) + proposal + "; see " + name + " --help");
    return BAD_INPUT;
  }

  private static String reason(ParameterException problem) {
    if (problem instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && problem.getCommandLine().getParent() == null) {
      return "there is no command '" + unmatched.getUnmatched().get(0) + "'";
    }
    return oneLine(problem);
  }

  private static Optional<String> proposal(ParameterException problem) {
    return problem instanceof UnmatchedArgumentException unmatched
        ? unmatched.getSuggestions().stream().findFirst()
        : Optional.empty();
  }

  private static int onFailure(Exception problem, CommandLine command, ParseResult parsed)
      throws Exception {
    if (problem instanceof CommandFailure) {
      PrintWriter err = command.getErr();
      err.println("lva: " + oneLine(problem));
      err.flush();
      return BAD_INPUT;
    }
    throw problem;
  }

  private static String oneLine(Exception problem) {
    return oneLine(String.valueOf(problem.getMessage()));
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
