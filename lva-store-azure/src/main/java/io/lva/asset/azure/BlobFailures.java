package io.lva.asset.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import io.lva.asset.store.StoreAccessException;
import io.lva.spi.Clock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Turns the exceptions of the library into one line that says what failed and what to do. These
 * exceptions are unchecked, and an outage is not even a {@link BlobStorageException}.
 *
 * <p>Immutable.
 */
final class BlobFailures {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private static final Pattern PUBLIC_HOST = Pattern.compile("[^/]*\\.blob\\.core\\.[^/]*/?");
  private static final Pattern POSSIBLE_ACCOUNT = Pattern.compile("[a-z0-9]{3,24}(-secondary)?\\.");

  /**
   * From this difference on, a refusal is attributed to the clock. A key is refused when the clocks
   * are 15 minutes apart, a fresh signature even earlier.
   */
  private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);

  private final String container;
  private final Clock clock;

  BlobFailures(String container, Clock clock) {
    this.container = container;
    this.clock = clock;
  }

  static boolean isMissing(RuntimeException failure) {
    return failure instanceof BlobStorageException e
        && e.getStatusCode() == NOT_FOUND
        && !BlobErrorCode.CONTAINER_NOT_FOUND.equals(e.getErrorCode());
  }

  static boolean isBeyondEnd(RuntimeException failure) {
    return failure instanceof BlobStorageException e && e.getStatusCode() == RANGE_NOT_SATISFIABLE;
  }

  static boolean isOfAnotherType(RuntimeException failure) {
    return failure instanceof BlobStorageException e
        && BlobErrorCode.INVALID_BLOB_TYPE.equals(e.getErrorCode());
  }

  /** Returns whether the request failed because its condition did not hold. */
  static boolean isThere(RuntimeException failure) {
    return failure instanceof BlobStorageException e
        && (e.getStatusCode() == PRECONDITION_FAILED
            || BlobErrorCode.BLOB_ALREADY_EXISTS.equals(e.getErrorCode()));
  }

  IOException unusable(AzureCredentials credentials, RuntimeException failure) {
    return new StoreAccessException(
        "the "
            + credentials
            + " for container '"
            + container
            + "' cannot be used: it is cut off or misspelt",
        failure instanceof IllegalArgumentException ? null : failure);
  }

  /** Rejects an account that cannot exist, because it would look like an outage that never ends. */
  void checkAccount(String url) throws StoreAccessException {
    String host = url.replaceFirst("^[a-z]+://", "");
    if (PUBLIC_HOST.matcher(host).matches() && !POSSIBLE_ACCOUNT.matcher(host).lookingAt()) {
      throw new StoreAccessException(
          "there is no account of Azure Storage for container '"
              + container
              + "' at "
              + host
              + ": its name has 3 to 24 lower-case letters and digits; the connection string is cut"
              + " off or misspelt",
          null);
    }
  }

  /**
   * Describes a failure.
   *
   * @param action what failed, such as "write"
   * @param name of the blob; may be empty
   */
  IOException of(String action, String name, RuntimeException failure) {
    String what =
        "cannot "
            + action
            + (name.isEmpty() ? "" : " '" + name + "' in")
            + " container '"
            + container
            + "': ";
    if (failure instanceof BlobStorageException refused) {
      return refused(what, refused);
    }
    Throwable cause = failure;
    while (cause.getCause() != null && !isTelling(cause)) {
      cause = cause.getCause();
    }
    return new IOException(what + outage(cause), failure);
  }

  private IOException refused(String what, BlobStorageException refused) {
    BlobErrorCode code = refused.getErrorCode();
    String text = code == null ? "" : " " + code;
    if (BlobErrorCode.CONTAINER_NOT_FOUND.equals(code)) {
      return new StoreAccessException(
          "container '" + container + "' does not exist; create it, or ask for it to be created",
          null);
    }
    if (BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH.equals(code)) {
      return new StoreAccessException(
          what
              + "the credentials lack the permission; grant read, add, create, write, delete and"
              + " list",
          null);
    }
    if (refused.getStatusCode() == FORBIDDEN || refused.getStatusCode() == 401) {
      return new StoreAccessException(
          what
              + "the credentials are refused ("
              + refused.getStatusCode()
              + text
              + "); "
              + remedy(refused),
          null);
    }
    if (refused.getStatusCode() == CONFLICT && BlobErrorCode.CONTAINER_BEING_DELETED.equals(code)) {
      return new IOException(what + "the container is being deleted; wait a minute", refused);
    }
    return new IOException(what + "the service answers " + refused.getStatusCode() + text, refused);
  }

  /** Returns what to do. The time of the answer shows whether the clock or the key is wrong. */
  private String remedy(BlobStorageException refused) {
    Duration ahead = aheadOfService(refused);
    if (ahead.abs().compareTo(LARGEST_SKEW) < 0) {
      return "check key, expiry of the signature, and the clock of this host";
    }
    return "set the clock of this host, which is "
        + ahead.abs().toMinutes()
        + " min "
        + (ahead.isNegative() ? "behind" : "ahead of")
        + " that of the service";
  }

  private Duration aheadOfService(BlobStorageException refused) {
    String date =
        refused.getResponse() == null
            ? null
            : refused.getResponse().getHeaderValue(HttpHeaderName.DATE);
    try {
      return date == null
          ? Duration.ZERO
          : Duration.between(
              Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)),
              Instant.ofEpochSecond(0, clock.utcNanos()));
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static boolean isTelling(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof SSLException
        || cause instanceof HttpTimeoutException
        || cause instanceof TimeoutException;
  }

  private static String outage(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "the name of the service is not known; check the account and the network";
    }
    if (cause instanceof ConnectException) {
      return "the service cannot be reached; check the address and the network";
    }
    if (cause instanceof SSLException) {
      return "TLS failed: " + cause.getMessage();
    }
    if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
      return "the service does not answer in time";
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
