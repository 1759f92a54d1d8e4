package io.lva.iot;

import io.lva.graph.Problem;
import io.lva.graph.TopologyException;
import io.lva.graph.json.InstanceJson;
import io.lva.graph.json.TopologyJson;
import io.lva.runtime.ActivationException;
import io.lva.runtime.EngineException;
import io.lva.runtime.GraphEngine;
import io.lva.runtime.InstanceResource;
import io.lva.runtime.InstanceStateException;
import io.lva.runtime.SetResult;
import io.lva.runtime.TopologyResource;
import java.util.Map;
import java.util.Optional;

/**
 * The ten direct methods of Live Video Analytics on an engine. Each takes a name and a JSON text
 * and returns a status and a JSON text, for any transport.
 *
 * <p>Thread-safe. Methods that activate or deactivate an instance wait until it has been activated
 * or deactivated.
 */
public final class DirectMethods {
  private static final System.Logger LOGGER = System.getLogger(DirectMethods.class.getName());
  private static final int INTERNAL_ERROR = 500;

  private final GraphEngine engine;
  private final DirectMethodOptions options;
  private final Map<String, Method> methods =
      Map.of(
          "GraphTopologyList", this::topologyList,
          "GraphTopologySet", this::topologySet,
          "GraphTopologyGet", this::topologyGet,
          "GraphTopologyDelete", this::topologyDelete,
          "GraphInstanceList", this::instanceList,
          "GraphInstanceSet", this::instanceSet,
          "GraphInstanceGet", this::instanceGet,
          "GraphInstanceDelete", this::instanceDelete,
          "GraphInstanceActivate", this::instanceActivate,
          "GraphInstanceDeactivate", this::instanceDeactivate);

  /** One of the ten methods. */
  @FunctionalInterface
  private interface Method {
    Answer call(MethodPayload request);
  }

  /**
   * Creates the methods of an engine with the standard options.
   *
   * @param engine the engine that they act on
   */
  public DirectMethods(GraphEngine engine) {
    this(engine, DirectMethodOptions.standard());
  }

  /**
   * Creates the methods of an engine.
   *
   * @param engine the engine that they act on
   * @param options how they behave where there is a choice
   */
  public DirectMethods(GraphEngine engine, DirectMethodOptions options) {
    this.engine = engine;
    this.options = options;
  }

  /**
   * Calls a method.
   *
   * @param methodName such as {@code GraphTopologySet}; case-sensitive
   * @param payload a JSON object, or a JSON string that holds one
   * @return status and body, also for a failure, which is never thrown
   */
  public Answer invoke(String methodName, String payload) {
    try {
      Method method = methods.get(methodName);
      if (method == null) {
        return ErrorAnswer.unknownMethod(methodName);
      }
      Optional<String> problem = options.configurationProblem();
      if (problem.isPresent()) {
        return ErrorAnswer.notConfigured(problem.get());
      }
      MethodPayload request = MethodPayload.read(payload);
      Optional<Answer> refusal = refusedVersion(request);
      return refusal.isPresent() ? refusal.get() : method.call(request);
    } catch (MalformedPayloadException e) {
      return ErrorAnswer.badRequest("JsonInvalid", String.valueOf(e.getMessage()), "$");
    } catch (TopologyException e) {
      return ErrorAnswer.of(e);
    } catch (InstanceStateException e) {
      return ErrorAnswer.of(e);
    } catch (ActivationException e) {
      return ErrorAnswer.of(e);
    } catch (EngineException e) {
      Answer answer = ErrorAnswer.of(e);
      if (answer.status() == INTERNAL_ERROR) {
        log(methodName, e);
      }
      return answer;
    } catch (RuntimeException | LinkageError e) {
      log(methodName, e);
      return ErrorAnswer.internal();
    }
  }

  private Optional<Answer> refusedVersion(MethodPayload request) {
    String version = request.apiVersion().orElse("");
    if (options.versions().contains(version)) {
      return Optional.empty();
    }
    String what =
        version.isEmpty()
            ? "The API version is missing."
            : "The API version '" + version + "' is not supported.";
    return Optional.of(
        ErrorAnswer.badRequest(
            "ApiVersionNotSupported",
            what + " Supported version(s): " + String.join(", ", options.versions()) + ".",
            ""));
  }

  private Answer topologyList(MethodPayload request) {
    return Page.of(
        request,
        options.pageSize(),
        engine.topologies(),
        resource -> resource.topology().name(),
        DirectMethods::echo);
  }

  private Answer topologySet(MethodPayload request) {
    SetResult<TopologyResource> result =
        engine.setTopology(
            TopologyJson.read(
                request.text(), engine.nodeTypes(), warning -> warn("A topology", warning)));
    return new Answer(result.created() ? 201 : 200, echo(result.resource()));
  }

  private Answer topologyGet(MethodPayload request) {
    return named(
        request,
        name ->
            engine
                .topology(name)
                .map(resource -> new Answer(200, echo(resource)))
                .orElseGet(() -> notFound("topology", name)));
  }

  private Answer topologyDelete(MethodPayload request) {
    return named(request, name -> Answer.nothing(engine.deleteTopology(name) ? 200 : 204));
  }

  private Answer instanceList(MethodPayload request) {
    return Page.of(
        request,
        options.pageSize(),
        engine.instances(),
        resource -> resource.definition().name(),
        DirectMethods::echo);
  }

  private Answer instanceSet(MethodPayload request) {
    SetResult<InstanceResource> result =
        engine.setInstance(
            InstanceJson.read(
                request.text(),
                name -> engine.topology(name).map(TopologyResource::topology),
                warning -> warn("An instance", warning)));
    return new Answer(result.created() ? 201 : 200, echo(result.resource()));
  }

  private Answer instanceGet(MethodPayload request) {
    return named(
        request,
        name ->
            engine
                .instance(name)
                .map(resource -> new Answer(200, echo(resource)))
                .orElseGet(() -> notFound("instance", name)));
  }

  private Answer instanceDelete(MethodPayload request) {
    return named(request, name -> Answer.nothing(engine.deleteInstance(name) ? 200 : 204));
  }

  private Answer instanceActivate(MethodPayload request) {
    return named(
        request,
        name -> {
          Optional<Answer> refusal = engine.instance(name).flatMap(options::refusal);
          if (refusal.isEmpty()) {
            engine.activate(name);
          }
          return refusal.orElseGet(() -> Answer.nothing(200));
        });
  }

  private Answer instanceDeactivate(MethodPayload request) {
    return named(
        request,
        name -> {
          engine.deactivate(name, options.deactivationDeadline());
          return Answer.nothing(200);
        });
  }

  /** A method that acts on the resource of a given name. */
  @FunctionalInterface
  private interface NamedMethod {
    Answer call(String name);
  }

  private static Answer named(MethodPayload request, NamedMethod method) {
    Optional<String> name = request.text("name");
    return name.isPresent()
        ? method.call(name.get())
        : ErrorAnswer.badRequest("PropertyRequired", "'name' is missing.", "$.name");
  }

  private static Answer notFound(String kind, String name) {
    return ErrorAnswer.notFound("Graph " + kind + " '" + name + "' is not found.");
  }

  private static String echo(TopologyResource resource) {
    return TopologyJson.echo(resource.topology(), Optional.of(resource.systemData()));
  }

  private static String echo(InstanceResource resource) {
    return InstanceJson.echo(
        resource.definition(),
        resource.topology(),
        resource.state().text(),
        Optional.of(resource.systemData()));
  }

  private static void warn(String what, Problem warning) {
    LOGGER.log(System.Logger.Level.INFO, what + " was set with a warning: " + warning);
  }

  private static void log(String methodName, Throwable failure) {
    LOGGER.log(System.Logger.Level.ERROR, "Direct method " + methodName + " failed", failure);
  }
}
