#!/usr/bin/env bash
# javax.sip:jain-sip-ri 1.3.0-91 (javax.sdp) changes a session id that does not fit into a signed 64-bit number.
#
# RFC 8866, 5.2: sess-id and sess-version are strings of digits of any length; RFC 3264, 5 bounds the version at 62
# bits, but servers of cameras (RTSP, not offer/answer) send full unsigned 64-bit numbers. The parser drops leading
# digits until the rest fits and says nothing: two sessions can get one id, and a description that is passed on is
# another one. A free-text e-mail field as Hikvision sends it ("e=NONE") is written back as "null@null".
#
# Seen with OpenJDK 17: the output below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>javax.sip</groupId><artifactId>jain-sip-ri</artifactId><version>1.3.0-91</version></dependency>
  </dependencies>
</project>
XML
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath -Dmdep.outputFile=path >mvn.log 2>&1 || { cat mvn.log; exit 1; }
cat >Seen.java <<'JAVA'
import javax.sdp.SdpFactory;

public class Seen {
  public static void main(String[] arguments) throws Exception {
    for (String id : new String[] {"1637979395330917844", "16379793953309178445", "18446744073709551615"}) {
      String text = "v=0\r\no=- " + id + " 1 IN IP4 192.0.2.1\r\ns=-\r\ne=NONE\r\nt=0 0\r\n";
      String[] lines = SdpFactory.getInstance().createSessionDescription(text).toString().split("\r\n");
      System.out.println(id + ": " + lines[1] + " " + lines[3]);
    }
  }
}
JAVA
cat >expected <<'TEXT'
1637979395330917844: o=- 1637979395330917844 1 IN IP4 192.0.2.1 e=null@null
16379793953309178445: o=- 379793953309178445 1 IN IP4 192.0.2.1 e=null@null
18446744073709551615: o=- 446744073709551615 1 IN IP4 192.0.2.1 e=null@null
TEXT
java -cp "$(cat path)" Seen.java 2>log | tee seen
diff expected seen
