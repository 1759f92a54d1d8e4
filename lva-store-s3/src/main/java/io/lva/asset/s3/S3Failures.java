package io.lva.asset.s3;

import io.lva.asset.store.StoreAccessException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Turns the unchecked exceptions of the library into one line that says what failed and what to do.
 *
 * <p>Immutable.
 */
final class S3Failures {
  private static final int MOVED = 301;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int NOT_IMPLEMENTED = 501;

  private static final String NO_SUCH_BUCKET = "NoSuchBucket";
  private static final String RACE = "ConditionalRequestConflict";
  private static final Set<String> WRONG_REGION =
      Set.of(
          "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");
  private static final Set<String> ENDED_SESSION = Set.of("ExpiredToken", "InvalidToken");
  private static final Set<String> WRONG_CLOCK = Set.of("RequestTimeTooSkewed", "RequestExpired");

  private final String bucket;

  S3Failures(String bucket) {
    this.bucket = bucket;
  }

  static boolean isMissing(SdkException failure) {
    return status(failure) == NOT_FOUND && !NO_SUCH_BUCKET.equals(code(failure));
  }

  static boolean isBeyondEnd(SdkException failure) {
    return status(failure) == RANGE_NOT_SATISFIABLE;
  }

  /** Returns whether the request failed because its condition did not hold. */
  static boolean isThere(SdkException failure) {
    return status(failure) == PRECONDITION_FAILED;
  }

  /** Returns whether the request was sent more than once. */
  static boolean wasRepeated(SdkException failure) {
    return Optional.ofNullable(failure.numAttempts()).orElse(1) > 1;
  }

  /**
   * Returns whether a request should be sent again: another writer wrote the same name at the same
   * moment, so that it is not known who won; the clock of this host is wrong, which the library
   * learns from the answer; or the connection broke, as idle connections do.
   */
  static boolean isToBeRepeated(Throwable failure) {
    if (failure instanceof S3Exception e) {
      return isRace(e) || RetryUtils.isClockSkewException(e);
    }
    Throwable cause = tellingCause(failure);
    return cause instanceof IOException && !isTelling(cause);
  }

  private static boolean isRace(S3Exception failure) {
    return failure.statusCode() == CONFLICT && RACE.equals(code(failure));
  }

  private static int status(SdkException failure) {
    return failure instanceof S3Exception e ? e.statusCode() : 0;
  }

  /** Returns the error code of the service; empty for an answer without a body. */
  private static String code(SdkException failure) {
    AwsErrorDetails details = failure instanceof S3Exception e ? e.awsErrorDetails() : null;
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  StoreAccessException noRegion() {
    return refusal("no region for bucket '" + bucket + "': set AWS_REGION");
  }

  StoreAccessException noCredentials() {
    return refusal(
        "no credentials for bucket '"
            + bucket
            + "': set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile of"
            + " ~/.aws/credentials");
  }

  /**
   * Describes a problem with configuration files that the library cannot use. Omits the faulty
   * text, which may be a secret.
   */
  StoreAccessException badConfiguration(RuntimeException failure) {
    return refusal(
        "the configuration of the AWS SDK for bucket '"
            + bucket
            + "' cannot be used ("
            + failure.getClass().getSimpleName()
            + "); check ~/.aws/config, ~/.aws/credentials and the variables AWS_…");
  }

  StoreAccessException noConditions() {
    return refusal(
        "the service of bucket '"
            + bucket
            + "' ignores the condition of a write (If-None-Match or If-Match): two recorders would"
            + " overwrite each other; use a service with conditional writes");
  }

  /**
   * Describes a failure.
   *
   * @param action what failed, such as "write"
   * @param name of the object; may be empty
   */
  IOException of(String action, String name, SdkException failure) {
    String what =
        "cannot "
            + action
            + (name.isEmpty() ? "" : " '" + name + "' in")
            + " bucket '"
            + bucket
            + "': ";
    if (failure instanceof S3Exception refused) {
      return refused(what, refused);
    }
    return new IOException(what + outage(tellingCause(failure)), failure);
  }

  private static Throwable tellingCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !isTelling(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private IOException refused(String what, S3Exception refused) {
    String code = code(refused);
    int status = refused.statusCode();
    String answer = status + (code.isEmpty() ? "" : " " + code);
    if (NO_SUCH_BUCKET.equals(code)) {
      return refusal("bucket '" + bucket + "' does not exist; create it, or correct its name");
    }
    if (WRONG_REGION.contains(code) || status == MOVED) {
      return refusal(
          what + "it is in another region (" + answer + "); set AWS_REGION to" + region(refused));
    }
    if (WRONG_CLOCK.contains(code)) {
      return refusal(what + "the clock of this host is wrong (" + answer + "); set it");
    }
    if (ENDED_SESSION.contains(code)) {
      return refusal(
          what + "the session of the credentials has ended (" + answer + "); renew them");
    }
    if ("AccessDenied".equals(code)) {
      return refusal(
          what
              + "the credentials lack the permission; grant s3:ListBucket, s3:GetObject,"
              + " s3:PutObject and s3:DeleteObject");
    }
    if (status == FORBIDDEN || status == UNAUTHORIZED) {
      return refusal(
          what
              + "the credentials are refused ("
              + answer
              + "); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and their permissions");
    }
    if (status == NOT_IMPLEMENTED) {
      return refusal(
          what
              + "the service does not implement it ("
              + answer
              + "); use one with conditional writes");
    }
    if (isRace(refused)) {
      return new IOException(what + "others are writing it at the same time", refused);
    }
    return new IOException(what + "the service answers " + answer, refused);
  }

  private static StoreAccessException refusal(String message) {
    return new StoreAccessException(message, null);
  }

  private static String region(S3Exception refused) {
    AwsErrorDetails details = refused.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? " its region"
        : details
            .sdkHttpResponse()
            .firstMatchingHeader("x-amz-bucket-region")
            .map(name -> " " + name)
            .orElse(" its region");
  }

  private static boolean isTelling(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof SSLException
        || cause instanceof SocketTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException;
  }

  private static String outage(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "the name of the service is not known; check region, endpoint and the network";
    }
    if (cause instanceof ConnectException) {
      return "the service cannot be reached; check the address and the network";
    }
    if (cause instanceof SSLException) {
      return "TLS failed: " + cause.getMessage();
    }
    if (cause instanceof SocketTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException) {
      return "the service does not answer in time";
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
