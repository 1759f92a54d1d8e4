package io.lva.examples.cli;

import java.io.PrintWriter;
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

/**
 * Records cameras and plays them back.
 *
 * <p>Exit codes: 0 done, 1 found problems, 2 bad input or the start failed, with one clear line on
 * the standard error stream.
 */
@Command(
    name = "lva",
    mixinStandardHelpOptions = true,
    version = "lva 0.1.0",
    description = "Records RTSP cameras to assets and plays any portion of them back.",
    subcommands = {
      AssetsCommand.class,
      CameraCommand.class,
      DemoCommand.class,
      ExportCommand.class,
      ProbeCommand.class,
      RecordCommand.class,
      RunCommand.class,
      ServeCommand.class,
      TopologyCommand.class,
      VerifyCommand.class,
    })
public final class Lva implements Runnable {
  /** Exit code for bad input, or a start that failed. */
  static final int BAD_INPUT = 2;

  /** Kept, because the log manager forgets the settings of loggers that nobody holds. */
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

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
    return new CommandLine(lva)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(parsed -> lva.execute(parsed))
        .setParameterExceptionHandler(Lva::onBadArguments)
        .setExecutionExceptionHandler(Lva::onFailure);
  }

  private int execute(ParseResult parsed) {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tTZ %4$s %5$s%6$s%n");
    ROOT_LOGGER.setLevel(verbose ? Level.INFO : Level.SEVERE);
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int onBadArguments(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("lva: " + oneLine(problem) + "; see " + name + " --help");
    return BAD_INPUT;
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
    return String.valueOf(problem.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
