package io.lva.iot.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeEnvironmentTest {
  private static final String CONNECTION =
      "HostName=myhub.azure-devices.net;DeviceId=edge1;ModuleId=lva;SharedAccessKey=Z2VoZWlt;"
          + "GatewayHostName=localhost";

  @Test
  void read_nothing_saysWhatAModuleNeeds() {
    assertThatThrownBy(() -> EdgeEnvironment.read(Map.of()))
        .hasMessageContaining("this is no IoT Edge module")
        .hasMessageContaining("IOTEDGE_WORKLOADURI")
        .hasMessageContaining("EdgeHubConnectionString");
  }

  @Test
  void read_connectionString_namesTheModule() {
    EdgeEnvironment who = EdgeEnvironment.read(Map.of("EdgeHubConnectionString", CONNECTION));
    assertThat(who.hub()).isEqualTo("myhub.azure-devices.net");
    assertThat(who.device()).isEqualTo("edge1");
    assertThat(who.module()).isEqualTo("lva");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 20, 33, 40, 50, 60, 70})
  void read_connectionStringCutOff_saysWhatItLacksWithoutTheKey(int length) {
    String cut = CONNECTION.substring(0, length);
    assertThatThrownBy(() -> EdgeEnvironment.read(Map.of("EdgeHubConnectionString", cut)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EdgeHubConnectionString")
        .hasMessageContaining("it lacks ")
        .hasMessageNotContaining("Z2Vo");
  }

  @Test
  void read_keyCutOff_saysSoWithoutTheKey() {
    String cut = CONNECTION.substring(0, CONNECTION.indexOf("t;GatewayHostName"));
    assertThatThrownBy(() -> EdgeEnvironment.read(Map.of("EdgeHubConnectionString", cut)))
        .hasMessageContaining("is cut off or mistyped")
        .hasMessageNotContaining("Z2Vo");
  }

  @Test
  void read_certificatesThatAreNotThere_named() {
    Map<String, String> variables =
        Map.of("EdgeHubConnectionString", CONNECTION, "EdgeModuleCACertificateFile", "/no/ca.pem");
    assertThatThrownBy(() -> EdgeEnvironment.read(variables)).hasMessageContaining("/no/ca.pem");
  }

  @Test
  void read_partOfTheDaemonsVariables_namesTheOthers() {
    assertThatThrownBy(
            () -> EdgeEnvironment.read(Map.of("IOTEDGE_DEVICEID", "e", "IOTEDGE_MODULEID", "m")))
        .hasMessageContaining("it lacks IOTEDGE_WORKLOADURI, IOTEDGE_IOTHUBHOSTNAME")
        .hasMessageNotContaining("IOTEDGE_DEVICEID");
  }
}
