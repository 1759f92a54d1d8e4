package io.lva.bench.guard;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Measures the time an operation takes as CPU time of its thread, and, right before and after each
 * iteration, the CPU time of the reference loop.
 *
 * <p>Used by the thread that controls the iterations.
 */
public final class ReferenceProfiler implements InternalProfiler {
  static final String OPERATION = "cpu.operation";
  static final String REFERENCE = "cpu.reference";

  private static final String WORKER = "jmh-worker";
  private static final long REFERENCE_NANOS = 1_500_000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ReferenceLoop reference = new ReferenceLoop();
  private double referenceBefore;
  private long operationsBefore;

  /** Created by JMH in the process of a benchmark. */
  public ReferenceProfiler() {
    // public for JMH, which loads it by name
  }

  @Override
  public String getDescription() {
    return "CPU time of an operation and of the reference loop";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    referenceBefore = referenceNanos();
    operationsBefore = workerNanos();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long nanos = workerNanos() - operationsBefore;
    double referenceNanos = (referenceBefore + referenceNanos()) / 2;
    double operationNanos = (double) nanos / result.getMetadata().getAllOps();
    return List.of(nanos(OPERATION, operationNanos), nanos(REFERENCE, referenceNanos));
  }

  private static ScalarResult nanos(String name, double value) {
    return new ScalarResult(name, value, "ns", AggregationPolicy.AVG);
  }

  private double referenceNanos() {
    long start = threads.getCurrentThreadCpuTime();
    long nanos = 0;
    int loops = 0;
    while (nanos < REFERENCE_NANOS) {
      reference.run();
      loops++;
      nanos = threads.getCurrentThreadCpuTime() - start;
    }
    return (double) nanos / loops;
  }

  private long workerNanos() {
    long nanos = 0;
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo thread = threads.getThreadInfo(id);
      if (thread != null && thread.getThreadName().contains(WORKER)) {
        nanos += threads.getThreadCpuTime(id);
      }
    }
    return nanos;
  }
}
