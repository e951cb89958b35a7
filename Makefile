# Short names for the commands of this repository; README.md says what each does.
.PHONY: build demo test eval fuzz clean

build:
	go build -o kg ./cmd/kg

demo:
	scripts/demo.sh

test:
	scripts/test.sh

eval: build
	./kg eval parse
	./kg eval ner
	./kg eval carb
	./kg eval benchie
	./kg eval wire57
	./kg eval seed
	./kg eval speed

fuzz:
	scripts/fuzz.sh 1m

clean:
	rm -rf kg demo.db demo.db.lock
