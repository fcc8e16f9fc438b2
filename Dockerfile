# The image of worker and API. Runs as an ordinary user; everything written goes to /data.
FROM python:3.13-slim
RUN pip install --no-cache-dir uv && useradd --create-home pesut && install -d -o pesut /data
WORKDIR /app
COPY requirements.lock ./
RUN uv pip install --system --no-cache --require-hashes -r requirements.lock
COPY . .
RUN uv pip install --system --no-cache --no-deps .
USER pesut
ENV PYTHONUNBUFFERED=1
CMD ["pesut", "--help"]
