package io.lva.iot;

import io.lva.runtime.InstanceResource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How direct methods behave where there is a choice.
 *
 * <p>Immutable.
 */
public final class DirectMethodOptions {
  private final List<String> versions;
  private final int pageSize;
  private final Duration deactivationDeadline;
  private final Supplier<Optional<String>> configurationProblem;
  private final Function<InstanceResource, Optional<Answer>> activationGuard;

  private DirectMethodOptions(
      List<String> versions,
      int pageSize,
      Duration deactivationDeadline,
      Supplier<Optional<String>> configurationProblem,
      Function<InstanceResource, Optional<Answer>> activationGuard) {
    this.versions = List.copyOf(versions);
    this.pageSize = pageSize;
    this.deactivationDeadline = deactivationDeadline;
    this.configurationProblem = configurationProblem;
    this.activationGuard = activationGuard;
  }

  /**
   * Returns the standard options.
   *
   * @return options with versions 1.0 and 2.0, pages of 100 items, five minutes to deactivate, no
   *     configuration problem and no activation guard
   */
  public static DirectMethodOptions standard() {
    return new DirectMethodOptions(
        List.of("1.0", "2.0"),
        100,
        Duration.ofMinutes(5),
        Optional::empty,
        instance -> Optional.empty());
  }

  /**
   * Returns a copy with other API versions.
   *
   * @param supported the values of {@code @apiVersion} that are accepted
   * @return a copy
   */
  public DirectMethodOptions versions(String... supported) {
    return new DirectMethodOptions(
        List.of(supported), pageSize, deactivationDeadline, configurationProblem, activationGuard);
  }

  /**
   * Returns a copy with another page size.
   *
   * @param items the largest number of items in one answer, 1 or more
   * @return a copy
   * @throws IllegalArgumentException when the number is less than 1
   */
  public DirectMethodOptions pageSize(int items) {
    if (items < 1) {
      throw new IllegalArgumentException("pages of " + items);
    }
    return new DirectMethodOptions(
        versions, items, deactivationDeadline, configurationProblem, activationGuard);
  }

  /**
   * Returns a copy with another deadline for deactivations.
   *
   * @param deadline after which a deactivated instance becomes inactive even if sinks are still
   *     writing
   * @return a copy
   */
  public DirectMethodOptions deactivationDeadline(Duration deadline) {
    return new DirectMethodOptions(
        versions, pageSize, deadline, configurationProblem, activationGuard);
  }

  /**
   * Returns a copy for a module whose configuration may have a problem: as long as there is one,
   * every method answers 403.
   *
   * @param problem returns what is wrong with the configuration, or empty; asked at every call
   * @return a copy
   */
  public DirectMethodOptions configurationProblem(Supplier<Optional<String>> problem) {
    return new DirectMethodOptions(
        versions, pageSize, deactivationDeadline, problem, activationGuard);
  }

  /**
   * Returns a copy with a guard that can forbid activations.
   *
   * @param guard asked before an instance is activated; if it returns an answer, the caller gets
   *     that answer and the instance is not activated
   * @return a copy
   */
  public DirectMethodOptions activationGuard(Function<InstanceResource, Optional<Answer>> guard) {
    return new DirectMethodOptions(
        versions, pageSize, deactivationDeadline, configurationProblem, guard);
  }

  List<String> versions() {
    return versions;
  }

  int pageSize() {
    return pageSize;
  }

  Duration deactivationDeadline() {
    return deactivationDeadline;
  }

  Optional<String> configurationProblem() {
    return configurationProblem.get();
  }

  Optional<Answer> refusal(InstanceResource instance) {
    return activationGuard.apply(instance);
  }
}
