import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Neo4j Community for tests: started from its Maven artifacts, stopped by a signal. */
class Neo4jServer {
    public static void main(String[] args) {
        var neo4j = new DatabaseManagementServiceBuilder(Path.of(args[0]))
            .loadPropertiesFromFile(Path.of(args[1]))
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(neo4j::shutdown));
        System.out.println("ready");
        // However the parent dies, its end of this pipe closes.
        try {
            while (System.in.read() >= 0) {}
        } catch (java.io.IOException gone) {
            // the same as an end
        }
        System.exit(0);
    }
}
