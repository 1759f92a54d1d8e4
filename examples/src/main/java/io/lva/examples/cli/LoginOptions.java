package io.lva.examples.cli;

import io.lva.asset.store.FailureReason;
import io.lva.graph.UsernamePasswordCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A user name and where its password comes from; the password is never an argument. */
final class LoginOptions {
  @Option(names = "--user", paramLabel = "NAME", description = "User name of the camera.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password; without it LVA_PASSWORD counts.")
  private @Nullable Path passwordFile;

  /** A user and a password. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[user=" + user + ", password=****]";
    }
  }

  /** Returns the credentials that the options give, for the source of a camera. */
  Optional<UsernamePasswordCredentials> credentials() {
    return login().map(each -> UsernamePasswordCredentials.of(each.user(), each.password()));
  }

  /**
   * Returns the login that the options describe.
   *
   * @throws CommandFailure when there is a user without a password or a password file without a
   *     user, or the file cannot be read
   */
  Optional<Login> login() {
    if (user == null) {
      if (passwordFile != null) {
        throw new CommandFailure("--password-file needs --user");
      }
      return Optional.empty();
    }
    return Optional.of(new Login(user, password()));
  }

  private String password() {
    if (passwordFile == null) {
      return Optional.ofNullable(System.getenv("LVA_PASSWORD"))
          .orElseThrow(
              () ->
                  new CommandFailure(
                      "--user needs a password: give --password-file or set LVA_PASSWORD"));
    }
    return passwordIn(passwordFile);
  }

  /**
   * Returns the first line of a file.
   *
   * @throws CommandFailure when it cannot be read
   */
  static String passwordIn(Path file) {
    try {
      return Files.readAllLines(file).stream().findFirst().orElse("");
    } catch (IOException e) {
      throw new CommandFailure("cannot read the password file: " + FailureReason.of(e), e);
    }
  }
}
