"""Times the competitors in understanding texts: parse_others.py ROUNDS < sentences; a line of JSON a competitor.

Run by `part_parse.py` under the interpreter that has them. Each sentence is read once to warm up, then ROUNDS times; its time is the
median. Chinese is what has a Han character.
"""
import contextlib
import io
import json
import statistics
import sys
import time


def timed(name, read, sentences, rounds):
    failed = 0
    times = []
    for sentence in sentences:
        try:
            read(sentence)
        except Exception:  # noqa: BLE001  a competitor's own defects are counted, not ours to mend
            failed += 1
            continue
        found = []
        for _ in range(rounds):
            start = time.perf_counter()
            read(sentence)
            found.append(time.perf_counter() - start)
        times.append(statistics.median(found) * 1e6)
    times.sort()
    part = lambda fraction: times[min(len(times) - 1, max(0, -int(-fraction * len(times) // 1) - 1))]
    print(json.dumps({"name": name, "count": len(times), "failed": failed, "p50": part(0.5), "p99": part(0.99), "total": sum(times)}), flush=True)


def main():
    rounds = int(sys.argv[1])
    sentences = [line.rstrip("\n") for line in sys.stdin if line.strip()]
    is_chinese = lambda text: any("\u3400" <= character <= "\u9fff" for character in text)
    try:
        import jieba
        jieba.setLogLevel(60)
        jieba.initialize()
        timed("jieba: words alone", jieba.lcut, sentences, rounds)
    except ImportError as reason:
        print(json.dumps({"name": "jieba", "missing": str(reason)}), flush=True)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import jionlp
        chinese = [text for text in sentences if is_chinese(text)]
        timed("jionlp: times, Chinese alone", lambda text: jionlp.ner.extract_time(text, time_base=1793500000), chinese, rounds)
    except ImportError as reason:
        print(json.dumps({"name": "jionlp", "missing": str(reason)}), flush=True)
    try:
        from recognizers_date_time import Culture, recognize_datetime
        from recognizers_number import recognize_number

        def recognise(text):
            culture = Culture.Chinese if is_chinese(text) else Culture.English
            recognize_datetime(text, culture)
            recognize_number(text, culture)

        timed("recognizers-text: times and numbers", recognise, sentences, rounds)
    except ImportError as reason:
        print(json.dumps({"name": "recognizers-text", "missing": str(reason)}), flush=True)


if __name__ == "__main__":
    main()
