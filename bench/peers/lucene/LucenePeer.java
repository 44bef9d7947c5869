// The same postings and requests in Lucene 8: kuromoji, one indexed field per search field, doc-value facets,
// DrillSideways for facets that ignore their own filter. Compared by ../compare.py, which speaks to it over
// standard input: one line "pass" asks for one pass over the requests.
//
// usage: LucenePeer index POSTINGS.tsv INDEX_DIR
//        LucenePeer search INDEX_DIR REQUESTS.tsv POSTINGS.tsv
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.DrillDownQuery;
import org.apache.lucene.facet.DrillSideways;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

public final class LucenePeer {
  private static final int ALL_VALUES = 2000;
  // Of a page of hits, as in a list of results.
  private static final Set<String> SHOWN = Set.of("title", "employer", "description", "workplace");

  // What the first line of the postings says: the search fields with their weights, facets, orders and amounts are
  // those of the schema. A row is asked by the whole name of a column, as `text:title:8`.
  private static final class Columns {
    final String[] header;
    final List<String> texts = new ArrayList<>();
    final List<Float> weights = new ArrayList<>();
    final List<String> facets = new ArrayList<>();
    final List<String> lists = new ArrayList<>();
    final List<String> sorts = new ArrayList<>();
    final List<String> amounts = new ArrayList<>();

    Columns(String line) {
      header = line.split("\t");
      for (int i = 0; i < header.length; ++i) {
        String[] parts = header[i].split(":");
        switch (parts[0]) {
          case "number": break;
          case "text": texts.add(parts[1]); weights.add(Float.parseFloat(parts[2])); break;
          case "facet_list": lists.add(parts[1]); facets.add(parts[1]); break;
          case "facet": facets.add(parts[1]); break;
          case "sort": sorts.add(parts[1]); break;
          case "amount": amounts.add(parts[1]); break;
          default: throw new IllegalArgumentException("column of no known kind: " + header[i]);
        }
        header[i] = parts.length > 1 ? kind(parts[0]) + ":" + parts[1] : parts[0];
      }
    }

    private static String kind(String kind) {
      return kind.equals("facet_list") ? "facet" : kind;
    }

    static Columns of(Path postings) throws IOException {
      try (BufferedReader reader = Files.newBufferedReader(postings, StandardCharsets.UTF_8)) {
        return new Columns(reader.readLine());
      }
    }

    FacetsConfig config() {
      FacetsConfig config = new FacetsConfig();
      for (String list : lists) {
        config.setMultiValued(list, true);
      }
      return config;
    }
  }

  private LucenePeer() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 3 && args[0].equals("index")) {
      index(Paths.get(args[1]), Paths.get(args[2]));
    } else if (args.length == 4 && args[0].equals("search")) {
      new Searches(Paths.get(args[1]), Paths.get(args[2]), Columns.of(Paths.get(args[3]))).run();
    } else {
      System.err.println("usage: LucenePeer index POSTINGS INDEX | search INDEX REQUESTS POSTINGS");
      System.exit(2);
    }
  }

  // --- indexing ---

  private static void index(Path postings, Path directory) throws Exception {
    IndexWriterConfig options = new IndexWriterConfig(new JapaneseAnalyzer());
    options.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    options.setRAMBufferSizeMB(1024);
    Columns columns = Columns.of(postings);
    FacetsConfig config = columns.config();
    BlockingQueue<String> lines = new ArrayBlockingQueue<>(1024);
    String end = "";
    int threads = Runtime.getRuntime().availableProcessors();
    long start = System.nanoTime();
    long count = 0;
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(directory), options);
        BufferedReader reader = Files.newBufferedReader(postings, StandardCharsets.UTF_8)) {
      reader.readLine();
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < threads; ++i) {
        Thread worker = new Thread(() -> {
          try {
            for (String line = lines.take(); line != end; line = lines.take()) {
              writer.addDocument(config.build(document(columns, line)));
            }
          } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
          }
        });
        worker.start();
        workers.add(worker);
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine(), ++count) {
        lines.put(line);
      }
      for (int i = 0; i < threads; ++i) {
        lines.put(end);
      }
      for (Thread worker : workers) {
        worker.join();
      }
      double added = (System.nanoTime() - start) / 1e9;
      writer.forceMerge(1);
      writer.commit();
      double total = (System.nanoTime() - start) / 1e9;
      System.out.printf("indexed\t%d\t%.1f\t%.1f%n", count, added, total);
    }
  }

  private static Document document(Columns columns, String line) {
    String[] values = line.split("\t", -1);
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < columns.header.length; ++i) {
      row.put(columns.header[i], values[i]);
    }
    Document doc = new Document();
    doc.add(new NumericDocValuesField("number", Long.parseLong(row.get("number").replace("-", ""))));
    doc.add(new StoredField("number_text", row.get("number")));
    // Stored too, as every engine must be able to show the posting.
    for (String field : columns.texts) {
      doc.add(new TextField(field, row.get("text:" + field), Field.Store.YES));
    }
    for (String facet : columns.facets) {
      for (String code : row.get("facet:" + facet).split(" ")) {
        if (!code.isEmpty()) {
          doc.add(new SortedSetDocValuesFacetField(facet, code));
        }
      }
    }
    for (String sort : columns.sorts) {
      long key = Long.parseUnsignedLong(row.get("sort:" + sort));
      doc.add(new NumericDocValuesField("sort_" + sort, key < 0 ? Long.MAX_VALUE : key));
    }
    for (String amount : columns.amounts) {
      long value = Long.parseLong(row.get("amount:" + amount));
      doc.add(new LongPoint(amount, value));
      doc.add(new SortedNumericDocValuesField(amount, value));
    }
    return doc;
  }

  // --- searching ---

  private static final class Request {
    String queryClass;
    Query words;
    DrillDownQuery filtered;
    Sort sort;
    boolean facets;
    int limit;
  }

  private static final class Searches {
    private final Columns columns;
    private final FacetsConfig config;
    private final Analyzer analyzer = new JapaneseAnalyzer();
    private final QueryBuilder builder = new QueryBuilder(analyzer);
    private final IndexSearcher searcher;
    private final SortedSetDocValuesReaderState state;
    private final List<Request> requests = new ArrayList<>();
    private final PrintStream out = new PrintStream(System.out, false, "UTF-8");
    private long sink = 0;

    Searches(Path directory, Path file, Columns columns) throws IOException {
      this.columns = columns;
      config = columns.config();
      DirectoryReader reader = DirectoryReader.open(MMapDirectory.open(directory));
      searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null);
      state = new DefaultSortedSetDocValuesReaderState(reader);
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        requests.add(parse(line.split("\t", -1)));
      }
    }

    void run() throws IOException {
      BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
      out.println("ready");
      out.flush();
      for (String command = commands.readLine(); command != null; command = commands.readLine()) {
        for (Request request : requests) {
          long start = System.nanoTime();
          long total = answer(request);
          out.printf("%s\t%d\t%d%n", request.queryClass, System.nanoTime() - start, total);
        }
        out.println("done");
        out.flush();
      }
    }

    // class, target (of kyujin), words, filters, sort, facets, limit
    private Request parse(String[] columns) {
      Request request = new Request();
      request.queryClass = columns[0];
      BooleanQuery.Builder words = new BooleanQuery.Builder();
      boolean any = false;
      for (String word : columns[2].split("　")) {
        if (!word.isEmpty()) {
          words.add(word(word), Occur.MUST);
          any = true;
        }
      }
      Map<String, String> filters = new HashMap<>();
      for (String filter : columns[3].split("&")) {
        if (!filter.isEmpty()) {
          filters.put(filter.substring(0, filter.indexOf('=')), filter.substring(filter.indexOf('=') + 1));
        }
      }
      // A wanted condition narrows its own facet too, so it belongs to the base query.
      if (filters.containsKey("conditions")) {
        words.add(new TermQuery(DrillDownQuery.term(FacetsConfig.DEFAULT_INDEX_FIELD_NAME, "conditions",
            filters.get("conditions"))), Occur.FILTER);
        if (!any) {
          words.add(new MatchAllDocsQuery(), Occur.SHOULD);
        }
        any = true;
      }
      request.words = any ? words.build() : new MatchAllDocsQuery();
      request.filtered = new DrillDownQuery(config, request.words);
      addFilters(filters, request.filtered);
      if (!columns[4].isEmpty()) {
        request.sort = new Sort(new SortField("sort_" + columns[4], SortField.Type.LONG),
            new SortField("number", SortField.Type.LONG));
      } else if (columns[2].isEmpty()) {
        request.sort = new Sort(new SortField("sort_new", SortField.Type.LONG),
            new SortField("number", SortField.Type.LONG));
      }
      request.facets = columns[5].equals("1");
      request.limit = Integer.parseInt(columns[6]);
      return request;
    }

    private Query word(String word) {
      BooleanQuery.Builder fields = new BooleanQuery.Builder();
      for (int i = 0; i < columns.texts.size(); ++i) {
        Query query = builder.createPhraseQuery(columns.texts.get(i), word);
        if (query != null) {
          fields.add(new BoostQuery(query, columns.weights.get(i)), Occur.SHOULD);
        }
      }
      BooleanQuery query = fields.build();
      return query.clauses().isEmpty() ? new MatchNoDocsQuery() : query;
    }

    private static Query atLeast(String field, String value) {
      long low = Long.parseLong(value);
      return range(field, low, Long.MAX_VALUE);
    }

    private static Query range(String field, long low, long high) {
      return new IndexOrDocValuesQuery(LongPoint.newRangeQuery(field, low, high),
          SortedNumericDocValuesField.newSlowRangeQuery(field, low, high));
    }

    private static Query facetTerm(String dim, String code) {
      return new TermQuery(DrillDownQuery.term(FacetsConfig.DEFAULT_INDEX_FIELD_NAME, dim, code));
    }

    private static void addFilters(Map<String, String> filters, DrillDownQuery query) {
      String pref = filters.get("pref");
      String city = filters.get("city");
      if (pref != null || city != null) {
        BooleanQuery.Builder place = new BooleanQuery.Builder();
        if (city != null) {
          place.add(facetTerm("city", city), Occur.SHOULD);
        }
        if (pref != null && (city == null || !city.startsWith(pref))) {
          place.add(facetTerm("pref", pref), Occur.SHOULD);
        }
        query.add("pref", place.build());
      }
      for (Map.Entry<String, String> filter : filters.entrySet()) {
        String value = filter.getValue();
        switch (filter.getKey()) {
          case "employment": query.add("employment", value); break;
          case "occupation": query.add("occupation_middle", value); break;
          case "monthly_min": query.add("wage_histogram", atLeast("monthly", value)); break;
          case "hourly_min": query.add("wage_histogram", atLeast("hourly", value)); break;
          case "holidays_min": query.add("holidays", atLeast("holidays_days", value)); break;
          case "received_within_days": query.add("received", range("days_ago", 0, Long.parseLong(value))); break;
          case "walk_max": query.add("walk_minutes", range("walk", 0, Long.parseLong(value))); break;
          default: break;
        }
      }
    }

    private long answer(Request request) throws IOException {
      TopDocs top;
      long total;
      if (request.facets) {
        DrillSideways sideways = new DrillSideways(searcher, config, state);
        DrillSideways.DrillSidewaysResult result = request.sort == null
            ? sideways.search(request.filtered, request.limit)
            : sideways.search(request.filtered, null, null, request.limit, request.sort, false);
        top = result.hits;
        total = top.totalHits.value;
        for (String facet : columns.facets) {
          FacetResult counts = result.facets.getTopChildren(ALL_VALUES, facet);
          sink += counts == null ? 0 : counts.labelValues.length;
        }
      } else {
        top = request.sort == null ? searcher.search(request.filtered, request.limit)
            : searcher.search(request.filtered, request.limit, request.sort);
        total = top.totalHits.value;
      }
      for (ScoreDoc hit : top.scoreDocs) {
        Document doc = searcher.doc(hit.doc, SHOWN);
        sink += doc.get("title").length();
      }
      return total;
    }
  }
}
